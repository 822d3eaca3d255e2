pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "tone tea"
        wide: true

        Notice {
            Layout.fillWidth: true
            tone: "tea"
            heading: "Not connected"
            text: "Ask the office to look at it once more, also when the time to reply is over."
        }
    }

    Sample {
        label: "tone gold"
        wide: true

        Notice {
            Layout.fillWidth: true
            tone: "gold"
            heading: "Not connected"
            text: "Ask the office to look at it once more, also when the time to reply is over."
        }
    }

    Sample {
        label: "tone care"
        wide: true

        Notice {
            Layout.fillWidth: true
            tone: "care"
            heading: "Not connected"
            text: "Ask the office to look at it once more, also when the time to reply is over."
        }
    }

    Sample {
        label: "tone voice"
        wide: true

        Notice {
            Layout.fillWidth: true
            tone: "voice"
            heading: "Not connected"
            text: "Ask the office to look at it once more, also when the time to reply is over."
        }
    }

    Sample {
        label: "slim"
        wide: true

        Notice {
            Layout.fillWidth: true
            slim: true
            text: "请村里的人再看一次，回复的时间过了也可以，说明原因就行。"
        }
    }

    Sample {
        label: "with an answer"
        wide: true

        Notice {
            Layout.fillWidth: true
            text: "Is this the same?"

            SecondaryButton {
                Layout.fillWidth: true
                text: "It is the same"
            }
        }
    }
}
