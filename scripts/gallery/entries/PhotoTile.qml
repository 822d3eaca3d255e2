pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    id: root

    // A field below the sky.
    readonly property string picture: "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAASFBMVEW7tG67rG6ltG6lrG67pW67nm6lom6QtG6QrG6QpW6Qnm5+s25+qG5nnluymG6KmG5amVBalFBaj1Bai1BahlBaglBafVBaeVAkZTOAAAAAcElEQVR42u3KyxKAEBQAUBUqmd7l//80d+RiqLFoY6azPmQKCMDBaDGDyOg9RZl8OJmLtgoRRB48E6X/MPJE1FUkI4ui7BF3kzqvkX4UG5SMHXKx8uTH4ZYdW1Qj4ishKqVOcGg72LQVLGC2/lh8vAAQFTdsb8QHjAAAAABJRU5ErkJggg=="

    spacing: Theme.margin

    Sample {
        label: "with a picture"

        PhotoTile {
            address: root.picture
            text: "One of two"
        }
    }

    Sample {
        label: "while it is looked for"

        PhotoTile {
            address: ""
            text: "One of two"
        }
    }

    Sample {
        label: "pressed"

        PhotoTile {
            keyHeld: true
            address: root.picture
            text: "One of two"
        }
    }

    Sample {
        label: "checked"

        PhotoTile {
            checked: true
            address: root.picture
            text: "One of two"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        PhotoTile {
            id: standing
            address: root.picture
            text: "One of two"
        }
    }

    Sample {
        label: "disabled"

        PhotoTile {
            enabled: false
            address: root.picture
            text: "One of two"
        }
    }
}
