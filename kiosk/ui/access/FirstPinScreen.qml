pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A card from the desk has no PIN yet: its holder, and nobody beside them, sees it and tries it once.
Page {
    id: root

    // The card that was held up, or its number.
    required property string card
    readonly property bool paired: width > height && room > (150 + 35 * Theme.textStep) * Theme.mm
    readonly property string step: model.stage
    readonly property var titles: ({
            "offer": qsTrId("first_pin.title"),
            "secret": qsTrId("first_pin.secret_title"),
            "try": qsTrId("first_pin.try_title"),
            "done": qsTrId("first_pin.done_title")
        })

    title: titles[step] ?? ""
    filling: true
    ownBack: step === "secret" || step === "try"
    onBackPressed: {
        if (step === "try")
            model.lookAgain();
        else
            unseen.open();
    }

    FirstPinModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
    }

    ErrorBanner {
        text: model.error
    }

    EmptyState {
        objectName: "first_pin.offer"
        visible: root.step === "offer"
        icon: "lock"
        text: qsTrId("first_pin.offer")
        detail: qsTrId("first_pin.offer_detail")
    }

    SecretStep {
        Layout.fillWidth: true
        visible: root.step === "secret"
        form: model
    }

    Notice {
        visible: root.step === "secret"
        tone: "gold"
        icon: "lock"
        text: qsTrId("first_pin.once")
    }

    TryStep {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.step === "try"
        form: model
        wide: root.paired
        tallest: root.free - y - 2 * root.edge
    }

    EmptyState {
        objectName: "first_pin.done"
        visible: root.step === "done"
        icon: "circle-check"
        text: qsTrId("first_pin.done")
        detail: qsTrId("first_pin.done_detail")
    }

    foot: [
        PrimaryButton {
            objectName: "first_pin.show"
            Layout.fillWidth: true
            visible: root.step === "offer"
            enabled: !model.busy && model.error === ""
            icon: "arrow-right"
            text: qsTrId("first_pin.show")
            onClicked: model.draw(root.card)
        },
        PrimaryButton {
            objectName: "first_pin.remembered"
            Layout.fillWidth: true
            visible: root.step === "secret"
            icon: "arrow-right"
            text: qsTrId("first_pin.remembered")
            onClicked: model.remembered()
        },
        PrimaryButton {
            objectName: "first_pin.to_start"
            Layout.fillWidth: true
            visible: root.step === "done"
            icon: "arrow-right"
            text: qsTrId("first_pin.to_start")
            onClicked: root.kiosk.home()
        }
    ]

    ConfirmDialog {
        id: unseen

        careful: true
        question: qsTrId("first_pin.unseen_question")
        explanation: qsTrId("first_pin.unseen_detail")
        yes: qsTrId("first_pin.unseen_yes")
        no: qsTrId("first_pin.unseen_no")
        icon: "eye-off"
        onConfirmed: root.kiosk.home()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
