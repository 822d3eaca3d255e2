pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "empty"
        wide: true

        TextEntry {
            Layout.fillWidth: true
            label: "Telephone"
            hint: "138 …"
        }
    }

    Sample {
        label: "written into"
        wide: true

        TextEntry {
            Layout.fillWidth: true
            label: "Telephone"
            text: "13800138000"
            icon: "keyboard"
            trailing: "11"
        }
    }

    Sample {
        label: "in focus"
        wide: true
        focused: standing

        TextEntry {
            Layout.fillWidth: true
            id: standing
            label: "Telephone"
            text: "138"
        }
    }

    Sample {
        label: "disabled"
        wide: true

        TextEntry {
            Layout.fillWidth: true
            enabled: false
            label: "Telephone"
            text: "138"
        }
    }

    Sample {
        label: "several lines, long text"
        wide: true

        TextEntry {
            Layout.fillWidth: true
            several: true
            longest: 400
            label: "What happened"
            text: "Ask the office to look at it once more, also when the time to reply is over. 请村里的人再看一次，回复的时间过了也可以，说明原因就行。"
        }
    }
}
