pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "after a moment"
        wide: true

        Item {
            Layout.fillWidth: true
            implicitHeight: 80 * Theme.mm

            BusyVeil {
                busy: true
                text: "请稍候…"
            }
        }
    }

    Sample {
        label: "long text"
        wide: true

        Item {
            Layout.fillWidth: true
            implicitHeight: 80 * Theme.mm

            BusyVeil {
                busy: true
                text: "Ask the office to look at it once more, also when the time to reply is over"
            }
        }
    }
}
