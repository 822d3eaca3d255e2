pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "what it holds stands in a column"
        wide: true

        Card {
            Layout.fillWidth: true

            Title {
                Layout.fillWidth: true
                text: "A sheet"
            }

            AppText {
                Layout.fillWidth: true
                text: "Ask the office to look at it once more, also when the time to reply is over."
            }
        }
    }
}
