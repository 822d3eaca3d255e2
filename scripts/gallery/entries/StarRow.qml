pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "0 of five"

        StarRow {
            stars: 0
            spoken: "0 stars"
        }
    }

    Sample {
        label: "3 of five"

        StarRow {
            stars: 3
            spoken: "3 stars"
        }
    }

    Sample {
        label: "5 of five"

        StarRow {
            stars: 5
            spoken: "5 stars"
        }
    }
}
