pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "enabled"

        BaseButton {
            text: "交上去"
        }
    }

    Sample {
        label: "with an icon"

        BaseButton {
            icon: "check"
            text: "Hand in"
        }
    }

    Sample {
        label: "pressed"

        BaseButton {
            keyHeld: true
            text: "Hand in"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        BaseButton {
            id: standing
            text: "Hand in"
        }
    }

    Sample {
        label: "disabled"

        BaseButton {
            enabled: false
            text: "Hand in"
        }
    }

    Sample {
        label: "long text"
        wide: true

        BaseButton {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over"
        }

        BaseButton {
            Layout.fillWidth: true
            text: "请村里的人再看一次，回复的时间过了也可以，说明原因就行"
        }
    }
}
