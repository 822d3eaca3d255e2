pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One state of a control, with its name above it.
ColumnLayout {
    id: root

    default property alias content: place.data
    required property string label
    // It has the whole width, as a row of a page has.
    property bool wide: false
    // What stands for the keyboard here. One item of a window has the focus: the last that asks.
    property Item focused: null

    width: parent ? (wide ? parent.width : Math.min(implicitWidth, parent.width)) : 0
    spacing: Theme.gap
    Component.onCompleted: focused?.forceActiveFocus()

    AppText {
        Layout.fillWidth: true
        text: root.label
        color: Theme.colour.inkSoft
        font.pixelSize: Theme.small
    }

    ColumnLayout {
        id: place

        Layout.fillWidth: true
        spacing: Theme.gap
    }
}
