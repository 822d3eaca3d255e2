pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "enabled"

        IconButton {
            icon: "plus"
            text: "More"
        }
    }

    Sample {
        label: "pressed"

        IconButton {
            keyHeld: true
            icon: "plus"
            text: "More"
        }
    }

    Sample {
        label: "checked"

        IconButton {
            checked: true
            icon: "plus"
            text: "More"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        IconButton {
            id: standing
            icon: "plus"
            text: "More"
        }
    }

    Sample {
        label: "disabled"

        IconButton {
            enabled: false
            icon: "plus"
            text: "More"
        }
    }
}
