pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Under what was chosen so far, what there is to choose from next.
ColumnLayout {
    id: root

    required property var choices
    required property string named
    required property string icon
    required property string before
    property string note

    signal chosen(string key)

    spacing: Theme.pad

    Chip {
        Layout.maximumWidth: root.width
        tone: "tea"
        icon: root.icon
        text: root.before
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.note
        font.pixelSize: Theme.large
    }

    Choices {
        Layout.fillWidth: true
        choices: root.choices
        named: root.named
        onChosen: key => root.chosen(key)
    }

    Item {
        Layout.fillHeight: true
    }
}
