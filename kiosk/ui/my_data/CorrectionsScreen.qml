pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Clerks: what people say is written down wrongly; each request is corrected, or declined with why.
Page {
    id: root

    readonly property string step: model.step
    readonly property bool declining: step === "decline"
    // A reason was chosen, and the sentence is asked for.
    readonly property bool reasoned: reason.chosen !== ""
    readonly property bool waiting: step === "wait"
    readonly property bool ofHouse: model.kind === "house"
    readonly property bool ofElse: model.kind === "other"
    readonly property bool isDay: model.field === "born_on"
    readonly property var titles: ({
            "list": qsTrId("corrections.title"),
            "page": qsTrId("corrections.page_title").arg(model.page.name),
            "correct": ofElse ? qsTrId("corrections.dealt_with_title") : qsTrId("corrections.correct_title"),
            "decline": qsTrId("corrections.decline_title"),
            "wait": qsTrId("corrections.wait_title"),
            "how": qsTrId("corrections.how_title"),
            "find": qsTrId("corrections.find_title").arg(model.page.name),
            "plate": qsTrId("corrections.plate_title"),
            "note": house.question
        })
    // Where a step goes back to, when not to the request.
    readonly property var before: ({
            "page": "list",
            "find": "how",
            "plate": "how",
            "note": root.way,
            "wait": ofHouse ? "how" : "page"
        })
    property string way: "find"

    function clear() {
        reason.chosen = "";
        value.clear();
        sentence.clear();
        steps.clear();
    }

    title: titles[step] ?? ""
    filling: step !== "list"
    ownBack: step !== "list"
    unfinished: ["list", "page"].indexOf(step) < 0
    onBackPressed: {
        if (declining && reasoned)
            reason.chosen = "";
        else
            model.goTo(before[step] ?? "page");
    }

    CorrectionsModel {
        id: model

        kiosk: root.kiosk
        onPageChanged: root.scrollUp()
    }

    HouseModel {
        id: house

        kiosk: root.kiosk
        onTold: {
            root.way = model.step;
            model.goTo("note");
        }
        onCorrected: model.houseCorrected()
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "corrections.done"
        visible: text !== "" && root.step === "list"
        icon: "circle-check"
        text: model.done
    }

    EmptyState {
        objectName: "corrections.nothing"
        visible: root.step === "list" && model.there && model.rows.length === 0
        icon: "pencil"
        text: qsTrId("corrections.nothing")
        detail: qsTrId("corrections.nothing_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.step === "list" && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property int index
                required property RequestRow modelData

                objectName: `corrections.row.${index}`
                letter: modelData.letter
                text: modelData.name
                aside: modelData.what
                detail: modelData.when
                tappable: true
                last: index === model.rows.length - 1
                onClicked: {
                    root.clear();
                    model.open(modelData.request);
                }
            }
        }
    }

    RequestPage {
        Layout.fillWidth: true
        visible: root.step === "page"
        desk: model
    }

    HouseSteps {
        id: steps

        Layout.fillWidth: true
        visible: ["how", "find", "plate", "note"].includes(root.step)
        kiosk: root.kiosk
        desk: model
        house: house
    }

    AppText {
        Layout.fillWidth: true
        visible: root.step === "correct" && model.field !== ""
        text: qsTrId("corrections.held_now").arg(model.page.what).arg(model.page.held)
    }

    TextEntry {
        id: value

        objectName: "corrections.value"
        Layout.fillWidth: true
        visible: root.step === "correct" && model.field !== ""
        longest: 80
        label: model.page.what
        hint: root.isDay ? qsTrId("corrections.hint_born_on") : qsTrId("corrections.hint_value").arg(model.page.what)
        icon: "pencil"
        hints: model.field === "name" ? Qt.ImhNone : Qt.ImhPreferNumbers
    }

    ReasonChoice {
        id: reason

        Layout.fillWidth: true
        visible: root.declining && !root.reasoned
        desk: model
    }

    Notice {
        visible: root.declining && root.reasoned
        icon: "circle-check"
        text: reason.said
    }

    AppText {
        Layout.fillWidth: true
        visible: sentence.visible
        text: qsTrId("corrections.sentence")
        font.bold: true
    }

    TextEntry {
        id: sentence

        objectName: "corrections.sentence"
        Layout.fillWidth: true
        Layout.preferredHeight: root.free < 125 * Theme.mm ? Math.round(2.3 * 1.45 * Theme.body) + 2 * Theme.gap : implicitHeight
        visible: ["correct", "wait", "note"].includes(root.step) || (root.declining && root.reasoned)
        several: true
        longest: 200
        label: qsTrId("corrections.sentence")
        hint: root.declining ? qsTrId("corrections.hint_decline") : root.waiting ? qsTrId("corrections.hint_wait") : qsTrId("corrections.hint_correct")
        icon: "message-2"
        size: Theme.body
    }

    AppText {
        Layout.fillWidth: true
        visible: sentence.visible
        text: qsTrId("corrections.person_reads")
        color: Theme.colour.inkSoft
    }

    Item {
        Layout.fillHeight: true
    }

    foot: [
        GridLayout {
            Layout.fillWidth: true
            visible: root.step === "page"
            columns: yes.implicitWidth + no.implicitWidth + columnSpacing > root.room ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            PrimaryButton {
                id: yes

                objectName: "corrections.to_correct"
                Layout.fillWidth: true
                icon: root.ofElse ? "check" : "pencil"
                text: root.ofHouse ? qsTrId("corrections.to_house") : root.ofElse ? qsTrId("corrections.to_dealt_with") : qsTrId("corrections.to_correct")
                onClicked: model.goTo(root.ofHouse ? "how" : "correct")
            }

            SecondaryButton {
                id: no

                objectName: "corrections.to_decline"
                Layout.fillWidth: true
                size: Theme.large
                icon: "x"
                text: qsTrId("corrections.to_decline")
                onClicked: model.goTo("decline")
            }

            SecondaryButton {
                objectName: "corrections.to_wait"
                Layout.fillWidth: true
                visible: root.ofElse
                size: Theme.large
                icon: "calendar-time"
                text: qsTrId("corrections.to_wait")
                onClicked: model.goTo("wait")
            }
        },
        PrimaryButton {
            objectName: "corrections.correct"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "correct"
            enabled: !model.busy && sentence.typed.trim() !== "" && (model.field === "" || value.typed.trim() !== "")
            icon: "check"
            text: root.ofElse ? qsTrId("corrections.tell") : qsTrId("corrections.correct")
            onClicked: {
                InputMethod.commit();
                if (model.field === "")
                    model.correct("", sentence.text);
                else
                    sure.open();
            }
        },
        PrimaryButton {
            objectName: "corrections.plate_next"
            Layout.fillWidth: true
            visible: root.step === "plate"
            enabled: !house.busy && steps.plated
            text: qsTrId("corrections.next")
            onClicked: {
                InputMethod.commit();
                house.hasPlate(model.request, steps.plate);
            }
        },
        PrimaryButton {
            objectName: "corrections.house"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "note"
            enabled: !house.busy && sentence.typed.trim() !== ""
            icon: "check"
            text: qsTrId("corrections.correct")
            onClicked: {
                InputMethod.commit();
                surelyHouse.open();
            }
        },
        PrimaryButton {
            objectName: "corrections.wait"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "wait"
            enabled: !model.busy && sentence.typed.trim() !== ""
            icon: "check"
            text: qsTrId("corrections.pass_on")
            onClicked: {
                InputMethod.commit();
                model.passOn(sentence.text);
            }
        },
        PrimaryButton {
            objectName: "corrections.decline"
            weighty: true
            Layout.fillWidth: true
            visible: root.declining && root.reasoned
            enabled: !model.busy && sentence.typed.trim() !== ""
            icon: "check"
            text: qsTrId("corrections.decline")
            onClicked: {
                InputMethod.commit();
                model.decline(reason.chosen, sentence.text);
            }
        }
    ]

    ConfirmDialog {
        id: sure

        question: qsTrId("corrections.sure").arg(value.text)
        explanation: qsTrId("corrections.sure_detail").arg(model.page.held)
        yes: qsTrId("corrections.sure_yes")
        no: qsTrId("corrections.sure_no")
        icon: "pencil"
        onConfirmed: model.correct(value.text, sentence.text)
    }

    ConfirmDialog {
        id: surelyHouse

        question: house.question
        explanation: house.lines.join("\n")
        yes: qsTrId("corrections.sure_yes")
        no: qsTrId("corrections.sure_no")
        icon: "home"
        onConfirmed: house.correct(sentence.text)
    }

    BusyVeil {
        parent: root
        busy: model.busy || house.busy
        text: qsTrId("shell.wait")
    }
}
