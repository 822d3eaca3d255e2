pragma ComponentBehavior: Bound

import QtQuick

// A large pictured choice: icon, a few words, and a quieter line below; tone "plain", "tea", "gold".
Tappable {
    id: root

    property string icon
    property string detail
    property string tone: "plain"
    property int iconSize: Math.round(17 * Theme.mm)
    property int inset: Math.round(6.5 * Theme.mm)

    readonly property bool plain: tone === "plain"
    readonly property color ground: tone === "tea" ? Theme.colour.tea : tone === "gold" ? Theme.colour.gold : Theme.colour.card
    readonly property color groundDown: tone === "tea" ? Theme.colour.teaPressed : tone === "gold" ? Theme.colour.goldPressed : Theme.colour.pressed
    readonly property color lettering: tone === "tea" ? Theme.colour.onTea : tone === "gold" ? Theme.colour.onGold : Theme.colour.ink
    readonly property bool turned: Theme.highContrast && (down || checked)
    readonly property color ink: turned ? ground : lettering

    implicitWidth: Math.round(70 * Theme.mm)
    implicitHeight: parts.implicitHeight + 2 * inset
    spoken: detail === "" ? text : `${text}. ${detail}`
    opacity: enabled ? 1 : 0.45
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.turned ? root.lettering : root.down ? root.groundDown : root.ground
        border.width: root.checked ? Theme.stroke : Theme.hairline
        border.color: root.checked ? Theme.colour.tea : root.plain ? Theme.colour.line : root.ground
    }

    Column {
        id: parts

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: root.inset
        spacing: Math.round(1.2 * Theme.mm)

        AppIcon {
            name: root.icon
            size: root.iconSize
            colour: root.plain && !root.turned ? Theme.colour.tea : root.ink
        }

        Item {
            width: 1
            height: Math.round(1.2 * Theme.mm)
            visible: root.icon !== ""
        }

        AppText {
            width: parent.width
            text: root.text
            color: root.ink
            font.pixelSize: Theme.title
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            width: parent.width
            text: root.detail
            visible: text !== ""
            color: root.plain && !root.turned ? Theme.colour.inkSoft : root.ink
            font.pixelSize: Theme.body
            Accessible.ignored: true
        }
    }

    FocusRing {
        target: root
    }
}
