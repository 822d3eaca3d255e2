pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "gives"

        PointsBadge {
            points: 3
        }
    }

    Sample {
        label: "nothing"

        PointsBadge {
            points: 0
        }
    }

    Sample {
        label: "takes"

        PointsBadge {
            points: -10
        }
    }
}
