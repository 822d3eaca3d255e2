pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls
import kiosk.ui.parts

// One thing of the shelf: its drawing, its name, what it costs, and whether one can have it.
Tappable {
    id: root

    required property OfferRow offer

    readonly property int inset: Math.round(4 * Theme.mm)
    readonly property bool turned: Theme.highContrast && down
    readonly property color ink: turned ? Theme.colour.card : Theme.colour.ink

    enabled: offer.may
    text: offer.title
    spoken: [offer.title, offer.price, offer.left, offer.limit, offer.mark].filter(part => part !== "").join(". ")
    implicitWidth: Math.round(70 * Theme.mm)
    implicitHeight: Math.max(picture.height, words.implicitHeight) + 2 * inset
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.turned ? Theme.colour.ink : root.down ? Theme.colour.pressed : Theme.colour.card
        border.width: Theme.hairline
        border.color: root.offer.may ? Theme.colour.edge : Theme.colour.line
    }

    Drawing {
        id: picture

        x: root.inset
        anchors.verticalCenter: parent.verticalCenter
        name: `perk_${root.offer.picture}`
        colour: root.turned ? Theme.colour.card : Theme.colour.tea
    }

    Column {
        id: words

        x: picture.x + picture.width + root.inset
        anchors.verticalCenter: parent.verticalCenter
        width: root.width - x - root.inset
        spacing: Math.round(0.8 * Theme.mm)

        AppText {
            width: words.width
            text: root.offer.title
            color: root.ink
            font.pixelSize: Theme.large
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            width: words.width
            text: root.offer.price
            color: root.turned ? root.ink : Theme.colour.goldInk
            font.bold: true
            Accessible.ignored: true
        }

        AppText {
            width: words.width
            text: root.offer.left
            color: root.turned ? root.ink : Theme.colour.inkSoft
            Accessible.ignored: true
        }

        AppText {
            width: words.width
            visible: text !== ""
            text: root.offer.limit
            color: root.turned ? root.ink : Theme.colour.inkSoft
            Accessible.ignored: true
        }

        Chip {
            width: Math.min(implicitWidth, words.width)
            visible: text !== ""
            tone: "gold"
            text: root.offer.mark
            Accessible.ignored: true
        }
    }

    FocusRing {
        target: root
    }
}
