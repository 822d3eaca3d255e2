pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// One thing that is told to whoever signed in, as large as the screen, and a voice that reads it.
Rectangle {
    id: root

    required property Reader reader
    required property string icon
    property color ink: Theme.colour.voice
    // Which one it is of how many; empty for a single one.
    required property string place
    required property string heading
    // The name by which tests find the voice.
    required property string readName
    default property alias content: telling.data

    signal read

    implicitHeight: telling.implicitHeight + 3 * Theme.pad
    radius: Theme.radius
    color: Theme.colour.card
    border.width: Theme.hairline
    border.color: Theme.colour.line

    ColumnLayout {
        id: telling

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Math.round(1.5 * Theme.pad)
        spacing: Theme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.pad

            AppIcon {
                Layout.alignment: Qt.AlignTop
                name: root.icon
                colour: root.ink
                size: Math.round(12 * Theme.mm)
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.place
                    color: Theme.colour.inkSoft
                    font.pixelSize: Theme.small
                }

                Title {
                    Layout.fillWidth: true
                    text: root.heading
                }
            }

            QuietButton {
                objectName: root.readName
                Layout.alignment: Qt.AlignTop
                visible: root.reader.there
                icon: "volume"
                text: qsTrId("shell.read_aloud")
                onClicked: {
                    root.reader.read(telling);
                    root.read();
                }
            }
        }
    }
}
