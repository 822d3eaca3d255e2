pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The field of every search, with the way to empty it and how many were found.
RowLayout {
    id: root

    // Before the names "search" and "clear", by which tests find the two.
    property string prefix
    required property string label
    property string hint: label
    property string count
    property alias text: field.text
    // Qt.ImhPreferNumbers where mostly house numbers are looked for: the keyboard opens on digits.
    property alias hints: field.hints
    readonly property string typed: field.typed

    function clear() {
        field.clear();
    }
    // Ready to be written in, with the keyboard.
    function begin() {
        field.forceActiveFocus();
        InputMethod.show();
    }

    Layout.fillWidth: true
    spacing: Theme.gap

    SearchField {
        id: field

        objectName: `${root.prefix}search`
        Layout.fillWidth: true
        label: root.label
        hint: root.hint
        trailing: root.count
    }

    QuietButton {
        objectName: `${root.prefix}clear`
        Layout.preferredHeight: field.height
        visible: field.typed !== ""
        icon: "x"
        text: qsTrId("searching.clear")
        onClicked: {
            root.clear();
            root.begin();
        }
    }
}
