pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "usual"

        Title {
            text: "谁做的？"
        }
    }

    Sample {
        label: "long text"
        wide: true

        Title {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over?"
        }

        Title {
            Layout.fillWidth: true
            text: "请村里的人再看一次，回复的时间过了也可以，说明原因就行？"
        }
    }
}
