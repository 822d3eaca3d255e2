pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Card and PIN; then what is new, and where the person was going. Who comes to work is asked whether
// they used their card themselves; everybody else is, beside their own book.
Page {
    id: root

    // A card that was scanned on another screen.
    property string card
    // Somebody comes to work, and goes on to the desk.
    property bool official: false
    // The first officer has decided, and the second one takes their place.
    property bool second: false
    // The screen that asked for this one, and what to open it with.
    property string then: official ? "staff" : "my_record"
    property var thenWith: ({})
    // The keys beside what is to be done, and in the same place for the card and the PIN.
    readonly property bool beside: roomMm > 170 + 20 * Theme.textStep
    readonly property int infoHeight: Math.max(cardStep.infoNeeds, pinStep.infoNeeds)
    readonly property real roomMm: width > height ? room / Theme.mm : 0

    function goOn() {
        const before = [];
        if (model.leaving)
            before.push("leaving");
        if (model.asked > 0)
            before.push("asked");
        if (model.news > 0)
            before.push("notices");
        const road = before.reduceRight((on, screen) => ({
                    "then": screen,
                    "thenWith": on
                }), {
            "then": then,
            "thenWith": thenWith
        });
        kiosk.replace(road.then, road.thenWith);
    }

    title: model.hasCard ? (second ? qsTrId("sign_in.title_second_pin") : qsTrId("sign_in.title_pin")) : second ? qsTrId("sign_in.title_second") : official ? qsTrId("sign_in.title_official") : qsTrId("sign_in.title")
    filling: true
    ownBack: model.hasCard
    onBackPressed: model.otherCard()
    Component.onCompleted: {
        if (official)
            model.comeToWork();
        if (card !== "")
            model.takeScan(card);
    }

    SignInModel {
        id: model

        kiosk: root.kiosk
        onSignedIn: root.goOn()
        onFirstPinAwaited: card => root.kiosk.replace("first_pin", {
                "card": card
            })
        onPinRefused: {
            cardStep.clear();
            pinStep.clear();
        }
        onCardChanged: {
            cardStep.clear();
            pinStep.clear();
            root.scrollUp();
        }
    }

    Connections {
        target: root.kiosk

        function onCardScanned(card: string) {
            model.takeScan(card);
        }
    }

    // Its place stays on the next page, so that the keys do not move.
    Item {
        Layout.fillWidth: true
        visible: model.demo !== ""
        implicitHeight: trial.implicitHeight

        BaseButton {
            id: trial

            objectName: "use_demo_card"
            width: parent.width
            visible: !model.hasCard
            icon: "flask"
            fill: Theme.colour.goldSoft
            ink: Theme.colour.goldInk
            edge: Theme.colour.goldInk
            text: model.demo
            onClicked: model.takeDemo()
        }
    }

    ErrorBanner {
        visible: text !== "" && !model.hasCard
        text: model.error
    }

    CardStep {
        id: cardStep

        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: !model.hasCard
        wide: root.beside
        upright: root.upright
        infoHeight: root.infoHeight
        tallest: root.free - y - 2 * root.edge
        roomy: !root.overlong
        onNumberEntered: digits => model.takeNumber(digits)
    }

    PinStep {
        id: pinStep

        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: model.hasCard
        wide: root.beside
        upright: root.upright
        infoHeight: root.infoHeight
        headingLeast: cardStep.headingHeight
        slotsHeight: cardStep.slotsHeight
        tallest: root.free - y - 2 * root.edge
        roomy: !root.overlong
        cardLabel: model.cardLabel
        demo: model.demoPin
        error: model.error
        waiting: model.waiting
        tries: model.waiting === 0 && !model.stopped
        onPinEntered: pin => model.enterPin(pin)
        onOtherCard: model.otherCard()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
