pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "outline"

        AppIcon {
            name: "star"
        }
    }

    Sample {
        label: "filled"

        AppIcon {
            name: "star-filled"
            colour: Theme.colour.star
        }
    }

    Sample {
        label: "large"

        AppIcon {
            name: "leaf"
            size: 3 * Theme.iconSize
            colour: Theme.colour.tea
        }
    }
}
