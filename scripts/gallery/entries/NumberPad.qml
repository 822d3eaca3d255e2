pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "a PIN"

        NumberPad {
            label: "PIN"
            deleteText: "Delete"
        }
    }

    Sample {
        label: "half typed"
        focused: standing

        NumberPad {
            id: standing
            label: "PIN"
            deleteText: "删除"
            typed: "123"
        }
    }

    Sample {
        label: "no secret"

        NumberPad {
            secret: false
            digits: 8
            label: "Number"
            deleteText: "Delete"
        }
    }

    Sample {
        label: "disabled"

        NumberPad {
            enabled: false
            label: "PIN"
            deleteText: "Delete"
        }
    }
}
