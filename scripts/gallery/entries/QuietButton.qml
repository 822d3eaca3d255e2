pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "enabled"

        QuietButton {
            text: "交上去"
        }
    }

    Sample {
        label: "with an icon"

        QuietButton {
            icon: "arrow-left"
            text: "Hand in"
        }
    }

    Sample {
        label: "pressed"

        QuietButton {
            keyHeld: true
            text: "Hand in"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        QuietButton {
            id: standing
            text: "Hand in"
        }
    }

    Sample {
        label: "disabled"

        QuietButton {
            enabled: false
            text: "Hand in"
        }
    }

    Sample {
        label: "long text"
        wide: true

        QuietButton {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over"
        }

        QuietButton {
            Layout.fillWidth: true
            text: "请村里的人再看一次，回复的时间过了也可以，说明原因就行"
        }
    }
}
