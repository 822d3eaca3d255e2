pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "one question, two answers"

        SecondaryButton {
            objectName: "gallery.open"
            text: "Open it"
            onClicked: dialog.open()
        }

        ConfirmDialog {
            id: dialog

            icon: "alert-circle"
            tone: "care"
            question: "Leave for good?"
            explanation: "Ask the office to look at it once more, also when the time to reply is over. 请村里的人再看一次，回复的时间过了也可以，说明原因就行。"
            yes: "Leave"
            no: "Stay"
        }
    }
}
