pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "short"
        wide: true

        EmptyState {
            Layout.fillWidth: true
            text: "还没有"
        }
    }

    Sample {
        label: "long text"
        wide: true

        EmptyState {
            Layout.fillWidth: true
            icon: "search"
            text: "Nobody was found"
            detail: "Ask the office to look at it once more, also when the time to reply is over."
        }
    }
}
