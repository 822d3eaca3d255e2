pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "in every state"
        wide: true
        focused: standing

        RowCard {
            Layout.fillWidth: true

            ListRow {
                Layout.fillWidth: true
                text: "林春生"
                detail: "东街 12"
                letter: "林"
            }

            ListRow {
                Layout.fillWidth: true
                text: "Tappable"
                aside: "+3"
                tappable: true
            }

            ListRow {
                Layout.fillWidth: true
                text: "Pressed"
                tappable: true
                keyHeld: true
            }

            ListRow {
                Layout.fillWidth: true
                id: standing
                text: "In focus"
                tappable: true
            }

            ListRow {
                Layout.fillWidth: true
                text: "Disabled"
                tappable: true
                enabled: false
            }

            ListRow {
                Layout.fillWidth: true
                text: "With a button"
                detail: "at its end"

                QuietButton {
                    text: "Confirm"
                }
            }

            ListRow {
                Layout.fillWidth: true
                slim: true
                text: "Slim"
            }

            ListRow {
                Layout.fillWidth: true
                last: true
                text: "Ask the office to look at it once more, also when the time to reply is over"
                detail: "请村里的人再看一次，回复的时间过了也可以，说明原因就行"
                aside: "2026-0417"
            }
        }
    }
}
