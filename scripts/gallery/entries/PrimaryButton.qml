pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "enabled"

        PrimaryButton {
            text: "交上去"
        }
    }

    Sample {
        label: "with an icon"

        PrimaryButton {
            icon: "check"
            text: "Hand in"
        }
    }

    Sample {
        label: "pressed"

        PrimaryButton {
            keyHeld: true
            text: "Hand in"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        PrimaryButton {
            id: standing
            text: "Hand in"
        }
    }

    Sample {
        label: "disabled"

        PrimaryButton {
            enabled: false
            text: "Hand in"
        }
    }

    Sample {
        label: "long text"
        wide: true

        PrimaryButton {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over"
        }

        PrimaryButton {
            Layout.fillWidth: true
            text: "请村里的人再看一次，回复的时间过了也可以，说明原因就行"
        }
    }
}
