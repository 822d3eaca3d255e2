pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Window

// A card over the whole window; what is below takes no taps while it is open.
FocusScope {
    id: root

    default property alias content: column.data
    property bool opened: false
    // How much of the window's foot the keyboard covers.
    property int covered: InputMethod.visible ? InputMethod.keyboardRectangle.height : 0

    signal dismissed

    parent: Window.window?.contentItem ?? null
    width: parent?.width ?? 0
    height: (parent?.height ?? 0) - covered
    visible: opened
    z: 50
    onOpenedChanged: if (opened)
        forceActiveFocus()
    Keys.onEscapePressed: root.dismissed()
    Accessible.role: Accessible.Dialog
    Accessible.name: ""

    Rectangle {
        width: root.width
        height: root.height + root.covered
        color: Theme.colour.veil

        MouseArea {
            anchors.fill: parent
            acceptedButtons: Qt.AllButtons
            onWheel: wheel => wheel.accepted = true
        }
    }

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(root.width - 2 * Theme.pad, Math.round((150 + 24 * Theme.textStep) * Theme.mm))
        height: Math.min(root.height - 2 * Theme.gap, column.implicitHeight + 3 * Theme.pad)
        radius: Theme.radius
        color: Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.line

        Flickable {
            id: scroller

            anchors.fill: parent
            anchors.margins: Math.round(1.5 * Theme.pad)
            clip: contentHeight > height
            contentHeight: column.implicitHeight
            boundsBehavior: Flickable.StopAtBounds

            ColumnLayout {
                id: column

                width: scroller.width
                spacing: Theme.pad
            }
        }
    }
}
