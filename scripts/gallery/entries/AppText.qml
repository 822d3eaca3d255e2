pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "usual"

        AppText {
            text: "好事一件一件记。Good deeds, one by one."
        }
    }

    Sample {
        label: "bold"

        AppText {
            text: "好事一件一件记。Good deeds, one by one."
            font.bold: true
        }
    }

    Sample {
        label: "small"

        AppText {
            text: "Counts until 1 March"
            font.pixelSize: Theme.small
            color: Theme.colour.inkSoft
        }
    }

    Sample {
        label: "never interpreted"

        AppText {
            text: "<b>not bold</b>"
        }
    }

    Sample {
        label: "long text"
        wide: true

        AppText {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over. 请村里的人再看一次，回复的时间过了也可以，说明原因就行。"
        }
    }
}
