pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "tone tea"

        SecondaryButton {
            tone: "tea"
            icon: "printer"
            text: "Print"
        }
    }

    Sample {
        label: "tone gold"

        SecondaryButton {
            tone: "gold"
            icon: "printer"
            text: "Print"
        }
    }

    Sample {
        label: "tone care"

        SecondaryButton {
            tone: "care"
            icon: "printer"
            text: "Print"
        }
    }

    Sample {
        label: "pressed"

        SecondaryButton {
            keyHeld: true
            text: "Print"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        SecondaryButton {
            id: standing
            text: "Print"
        }
    }

    Sample {
        label: "disabled"

        SecondaryButton {
            enabled: false
            text: "Print"
        }
    }

    Sample {
        label: "long text"
        wide: true

        SecondaryButton {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over"
        }

        SecondaryButton {
            Layout.fillWidth: true
            text: "请村里的人再看一次，回复的时间过了也可以，说明原因就行"
        }
    }
}
