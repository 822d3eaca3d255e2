pragma ComponentBehavior: Bound

import QtQuick

// A large pictured choice: icon, a few words, and a quieter line below; tone "plain", "tea", "gold".
Tappable {
    id: root

    property string icon
    property string detail
    // What waits behind it, in a word or two on a ground of its own; empty when nothing does.
    property string mark
    property string tone: "plain"
    property int iconSize: Math.round((slim ? 7 : beside ? 10 : 14) * Theme.mm * (1 + 0.12 * Theme.textStep))
    property int inset: Math.round((slim ? 2.6 : beside ? 4 : 6.5) * Theme.mm)
    // The picture stands beside the words instead of above them.
    property bool beside: false
    // As low as it can be, where there is little room.
    property bool slim: false

    // The same for each tile of a grid, however tall its words make it.
    readonly property int medal: icon === "" ? 0 : Math.round(1.5 * iconSize)
    readonly property bool plain: tone === "plain"
    readonly property color ground: tone === "tea" ? Theme.colour.tea : tone === "gold" ? Theme.colour.gold : Theme.colour.card
    readonly property color groundDown: tone === "tea" ? Theme.colour.teaPressed : tone === "gold" ? Theme.colour.goldPressed : Theme.colour.pressed
    readonly property color lettering: tone === "tea" ? Theme.colour.onTea : tone === "gold" ? Theme.colour.onGold : Theme.colour.ink
    readonly property bool turned: Theme.highContrast && (down || checked)
    readonly property color ink: turned ? ground : lettering

    implicitWidth: Math.round(70 * Theme.mm)
    implicitHeight: (beside ? Math.max(medal, words.implicitHeight) : medal + words.implicitHeight + (icon === "" ? 0 : Math.round(2.4 * Theme.mm))) + 2 * inset
    spoken: [text, mark, detail].filter(part => part !== "").join(". ")
    opacity: enabled ? 1 : 0.45
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.turned ? root.lettering : root.down ? root.groundDown : root.ground
        border.width: root.checked ? Theme.stroke : Theme.hairline
        border.color: root.checked ? Theme.colour.tea : root.plain ? Theme.colour.edge : root.ground
    }

    Rectangle {
        x: root.inset
        y: root.beside ? Math.round((root.height - height) / 2) : root.inset
        width: root.medal
        height: root.medal
        visible: root.icon !== ""
        radius: root.medal / 2
        color: Theme.highContrast ? "transparent" : root.plain ? Theme.colour.teaSoft : root.groundDown

        AppIcon {
            anchors.centerIn: parent
            name: root.icon
            size: Math.round(root.medal / 1.5)
            colour: root.plain && !root.turned ? Theme.colour.tea : root.ink
        }
    }

    // No layout: what the words need is never told while they are being set, so that the height of the
    // tile cannot come back to it within one binding, whenever `mark` and `detail` arrive.
    Column {
        id: words

        x: root.inset + (root.beside && root.icon !== "" ? root.medal + Math.round(3.5 * Theme.mm) : 0)
        y: root.beside ? Math.round((root.height - height) / 2) : root.height - root.inset - height
        width: root.width - root.inset - x
        spacing: Math.round(0.8 * Theme.mm)

        AppText {
            width: words.width
            text: root.text
            color: root.ink
            font.pixelSize: root.slim ? Theme.body : root.beside ? Theme.large : Theme.title
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            width: words.width
            text: root.detail
            visible: text !== ""
            font.pixelSize: root.beside ? Theme.small : Theme.body
            color: root.plain && !root.turned ? Theme.colour.inkSoft : root.ink
            Accessible.ignored: true
        }

        Chip {
            width: Math.min(implicitWidth, words.width)
            visible: text !== ""
            tone: "gold"
            text: root.mark
            Accessible.ignored: true
        }
    }

    FocusRing {
        target: root
    }
}
