pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What is written with the keyboard: who is new in the register, or the door of a new household.
ColumnLayout {
    id: root

    property bool door: false
    // Whether the door may be the one that they lived behind so far.
    property bool mayStay: false
    // Whether a name is asked for, too.
    property bool named: true
    readonly property string name: called.text
    readonly property string bornOn: born.text
    readonly property string plate: written.text
    readonly property bool ready: door ? mayStay || written.typed.trim() !== "" : (!named || called.typed.trim() !== "") && born.typed.trim() !== ""

    function clear() {
        called.clear();
        born.clear();
        written.clear();
    }

    spacing: Theme.pad

    TextEntry {
        id: called

        objectName: "register.name"
        Layout.fillWidth: true
        visible: !root.door && root.named
        longest: 40
        label: qsTrId("register.name")
        hint: qsTrId("register.name_hint")
        icon: "user"
    }

    TextEntry {
        id: born

        objectName: "register.born"
        Layout.fillWidth: true
        visible: !root.door
        longest: 10
        label: qsTrId("register.born_on")
        hint: qsTrId("register.born_hint")
        hints: Qt.ImhPreferNumbers
        icon: "calendar"
    }

    TextEntry {
        id: written

        objectName: "register.door"
        Layout.fillWidth: true
        visible: root.door
        longest: 60
        label: qsTrId("register.door")
        hint: qsTrId("register.door_hint")
        icon: "home"
    }

    AppText {
        Layout.fillWidth: true
        visible: root.door && root.mayStay
        text: qsTrId("register.door_same")
        color: Theme.colour.inkSoft
    }
}
