pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A card is shown, then its PIN is typed: the two steps of one stage of a page, which shows it then.
Item {
    id: root

    required property Page page
    required property CardModel asking

    // The keys beside what is to be done, and in the same place for the card and the PIN.
    readonly property bool wide: page.width > page.height && page.room > (170 + 20 * Theme.textStep) * Theme.mm
    readonly property int infoHeight: Math.max(cardStep.infoNeeds, pinStep.infoNeeds)
    readonly property real tallest: page.free - y - 2 * page.edge

    Layout.fillWidth: true
    Layout.fillHeight: true
    implicitHeight: asking.hasCard ? pinStep.implicitHeight : cardStep.implicitHeight

    function clear() {
        cardStep.clear();
        pinStep.clear();
    }

    Connections {
        target: root.asking

        function onStageChanged() {
            root.clear();
        }
        function onPinRefused() {
            root.clear();
        }
        function onCardChanged() {
            root.clear();
        }
    }

    Connections {
        target: root.page.kiosk
        enabled: root.visible

        function onCardScanned(card: string) {
            root.asking.takeScan(card);
        }
    }

    CardStep {
        id: cardStep

        anchors.fill: parent
        visible: !root.asking.hasCard
        wide: root.wide
        upright: root.page.upright
        infoHeight: root.infoHeight
        tallest: root.tallest
        roomy: !root.page.overlong
        onNumberEntered: digits => root.asking.takeNumber(digits)
    }

    PinStep {
        id: pinStep

        anchors.fill: parent
        visible: root.asking.hasCard
        wide: root.wide
        upright: root.page.upright
        infoHeight: root.infoHeight
        headingLeast: cardStep.headingHeight
        slotsHeight: cardStep.slotsHeight
        tallest: root.tallest
        roomy: !root.page.overlong
        cardLabel: root.asking.cardLabel
        demo: ""
        error: root.asking.error
        waiting: root.asking.waiting
        tries: root.asking.waiting === 0 && !root.asking.stopped
        onPinEntered: pin => root.asking.enterPin(pin)
        onOtherCard: root.asking.otherCard()
    }
}
