pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Window

// A card over the whole window; what is below takes no taps while it is open.
Item {
    id: root

    default property alias content: column.data
    // The answers: always in sight, however long what stands above them is.
    property alias foot: footing.data
    property bool opened: false
    property string label
    // Cards over cards: the idle question over a dialog, the apology over both.
    property int level: 50
    // Nothing of the page below can be read.
    property bool curtain: false
    // How much of the window's foot the keyboard covers.
    property int covered: InputMethod.visible ? InputMethod.keyboardRectangle.height : 0

    // On a low window the card does without air and picture, so that less of it has to be scrolled.
    readonly property bool low: sheet.height < (125 + 25 * Theme.textStep) * Theme.mm

    // Pixels by which the card stands lower than in the middle.
    property int shift: 0
    // The card is whole. One that is open from its beginning has no place in the window before that:
    // if it took the focus, whoever asks where the focus is would move it.
    property bool made: false

    signal dismissed

    function aside(button: Item): int {
        const top = button.mapToItem(null, 0, 0).y;
        const down = TapClock.spot.y + Theme.gap - top;
        const up = TapClock.spot.y - Theme.gap - top - button.height;
        const lowest = card.y + down + card.height <= sheet.height - Theme.gap;
        return lowest ? down : card.y + up >= Theme.gap ? up : 0;
    }
    function takeFocus() {
        if (made && opened)
            sheet.forceActiveFocus();
    }

    Component.onCompleted: {
        made = true;
        takeFocus();
    }
    // The card itself takes no room where it is written.
    visible: false
    Accessible.role: Accessible.Dialog
    Accessible.name: root.label
    onOpenedChanged: {
        TapClock.arrived();
        shift = 0;
        takeFocus();
    }

    // A consequential answer moves away from where the page below was tapped.
    Connections {
        target: root.opened ? TapClock : null

        function onCrowded(button: Item) {
            for (let each = button; each; each = each.parent) {
                if (each === footing)
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

            readonly property int inset: Math.round(1.25 * Theme.pad)
            readonly property int between: footing.visible ? Theme.pad : 0
            readonly property int foot: footing.visible ? Math.ceil(footing.implicitHeight) : 0
            readonly property int tallest: sheet.height - 2 * Theme.gap

            objectName: "modal.card"
            anchors.horizontalCenter: parent.horizontalCenter
            // Whole pixels, so that no border is lost between two of them.
            y: Math.floor((sheet.height - height) / 2) + root.shift
            width: Math.min(sheet.width - 2 * Theme.pad, Math.round((150 + 24 * Theme.textStep) * Theme.mm))
            height: Math.min(tallest, Math.ceil(column.implicitHeight) + between + foot + 2 * inset)
            radius: Theme.radius
            color: Theme.colour.card
            border.width: Theme.hairline
            border.color: Theme.colour.line

            Flickable {
                id: scroller

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: card.inset
                height: card.height - 2 * card.inset - card.foot - card.between
                clip: contentHeight > height
                contentHeight: Math.ceil(column.implicitHeight)
                boundsBehavior: Flickable.StopAtBounds

                ColumnLayout {
                    id: column

                    width: scroller.width
                    spacing: root.low ? Theme.gap : Theme.pad
                }
            }

            ColumnLayout {
                id: footing

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: scroller.bottom
                anchors.leftMargin: card.inset
                anchors.rightMargin: card.inset
                anchors.topMargin: card.between
                visible: children.length > 0
                spacing: Theme.gap
            }
        }
    }
}
