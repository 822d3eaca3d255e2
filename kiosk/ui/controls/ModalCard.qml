pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Window

// A card over the whole window; what is below takes no taps while it is open.
Item {
    id: root

    default property alias content: column.data
    property bool opened: false
    property string label
    // Cards over cards: the idle question over a dialog, the apology over both.
    property int level: 50
    // Nothing of the page below can be read.
    property bool curtain: false
    // How much of the window's foot the keyboard covers.
    property int covered: InputMethod.visible ? InputMethod.keyboardRectangle.height : 0

    // Pixels by which the card stands lower than in the middle.
    property int shift: 0

    signal dismissed

    function aside(button: Item): int {
        const top = button.mapToItem(null, 0, 0).y;
        const down = TapClock.spot.y + Theme.gap - top;
        const up = TapClock.spot.y - Theme.gap - top - button.height;
        const lowest = card.y + down + card.height <= sheet.height - Theme.gap;
        return lowest ? down : card.y + up >= Theme.gap ? up : 0;
    }

    // The card itself takes no room where it is written.
    visible: false
    Accessible.role: Accessible.Dialog
    Accessible.name: root.label
    onOpenedChanged: {
        TapClock.arrived();
        shift = 0;
        if (opened)
            sheet.forceActiveFocus();
    }

    // A consequential answer moves away from where the page below was tapped.
    Connections {
        target: root.opened ? TapClock : null

        function onCrowded(button: Item) {
            for (let each = button; each; each = each.parent) {
                if (each === column)
                    root.shift += root.aside(button);
            }
        }
    }

    // Lies in the window itself, over the bar; it goes with this item when the screen goes.
    FocusScope {
        id: sheet

        parent: root.Window.window?.contentItem ?? root
        width: parent?.width ?? 0
        height: (parent?.height ?? 0) - root.covered
        visible: root.opened
        z: root.level
        Keys.onEscapePressed: root.dismissed()

        Rectangle {
            width: sheet.width
            height: sheet.height + root.covered
            color: root.curtain ? Theme.colour.paper : Theme.colour.veil

            MouseArea {
                anchors.fill: parent
                acceptedButtons: Qt.AllButtons
                onWheel: wheel => wheel.accepted = true
            }
        }

        Rectangle {
            id: card

            anchors.centerIn: parent
            anchors.verticalCenterOffset: root.shift
            width: Math.min(sheet.width - 2 * Theme.pad, Math.round((150 + 24 * Theme.textStep) * Theme.mm))
            height: Math.min(sheet.height - 2 * Theme.gap, column.implicitHeight + 3 * Theme.pad)
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
}
