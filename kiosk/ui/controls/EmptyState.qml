pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// Nothing here, said kindly, with what one can do instead.
ColumnLayout {
    id: root

    required property string text
    property string detail
    property string icon: "leaf"

    Layout.fillWidth: true
    spacing: Theme.gap
    Accessible.role: Accessible.Grouping
    Accessible.name: root.text

    AppIcon {
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.margin
        name: root.icon
        colour: Theme.colour.tea
        size: Math.round(20 * Theme.mm)
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.text
        font.pixelSize: Theme.large
        font.bold: true
    }

    AppText {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.margin
        visible: text !== ""
        horizontalAlignment: Text.AlignHCenter
        text: root.detail
        color: Theme.colour.inkSoft
    }
}
