pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "over the whole window"

        SecondaryButton {
            objectName: "gallery.open"
            text: "Open it"
            onClicked: card.opened = true
        }

        ModalCard {
            id: card

            label: "A card"
            onDismissed: opened = false
            foot: PrimaryButton {
                objectName: "gallery.close"
                Layout.fillWidth: true
                text: "Close"
                onClicked: card.opened = false
            }

            Title {
                Layout.fillWidth: true
                text: "A card"
            }

            AppText {
                Layout.fillWidth: true
                text: "Ask the office to look at it once more, also when the time to reply is over. 请村里的人再看一次，回复的时间过了也可以，说明原因就行。"
            }
        }
    }
}
