pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// While a screen is read aloud: slower, faster, quieter, louder.
Rectangle {
    id: root

    component Change: QtObject {
        required property string name
        required property string icon
        required property string text
        property int rate: 0
        property int volume: 0
        required property bool can
    }

    readonly property list<Change> changes: [
        Change {
            name: "slower"
            icon: "player-track-prev"
            text: qsTrId("shell.slower")
            rate: -1
            can: root.reader.rate > 0
        },
        Change {
            name: "faster"
            icon: "player-track-next"
            text: qsTrId("shell.faster")
            rate: 1
            can: root.reader.rate < 6
        },
        Change {
            name: "quieter"
            icon: "volume-2"
            text: qsTrId("shell.quieter")
            volume: -1
            can: root.reader.volume > 20
        },
        Change {
            name: "louder"
            icon: "volume"
            text: qsTrId("shell.louder")
            volume: 1
            can: root.reader.volume < 100
        }
    ]

    required property Kiosk kiosk
    readonly property Reader reader: kiosk.reader

    height: visible ? buttons.height + 2 * Theme.gap : 0
    visible: reader.speaking
    color: Theme.colour.teaSoft
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTrId("shell.read_aloud")

    Flow {
        id: buttons

        x: Theme.margin
        y: Theme.gap
        width: root.width - 2 * Theme.margin
        spacing: Theme.gap

        Repeater {
            model: root.changes

            QuietButton {
                required property Change modelData

                objectName: modelData.name
                icon: modelData.icon
                text: modelData.text
                enabled: modelData.can
                onClicked: root.reader.adjust(modelData.rate, modelData.volume)
            }
        }
    }
}
