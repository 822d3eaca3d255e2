pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// One part of a case: a picture, a heading, large words, and a voice that reads just this part.
Card {
    id: root

    required property Reader reader
    required property string icon
    required property string heading
    property string words
    property color ink: Theme.colour.tea

    spacing: Theme.gap

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        AppIcon {
            Layout.alignment: Qt.AlignVCenter
            name: root.icon
            colour: root.ink
            size: Math.round(1.5 * Theme.large)
        }

        AppText {
            Layout.fillWidth: true
            text: root.heading
            color: root.ink
            font.pixelSize: Theme.large
            font.bold: true
            Accessible.role: Accessible.Heading
        }

        IconButton {
            Layout.alignment: Qt.AlignTop
            visible: root.reader.there
            icon: "volume"
            text: qsTrId("shell.read_aloud")
            onClicked: root.reader.read(root)
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.words
        font.pixelSize: Theme.large
    }
}
