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
            implicitHeight: (50 + 30 * Theme.textStep) * Theme.mm

            BusyVeil {
                busy: true
                long: true
                text: "请稍候…"
            }
        }
    }

    Sample {
        label: "long text"
        wide: true

        Item {
            Layout.fillWidth: true
            implicitHeight: (50 + 30 * Theme.textStep) * Theme.mm

            BusyVeil {
                busy: true
                long: true
                text: "Ask the office to look at it once more, also when the time to reply is over"
            }
        }
    }
}
