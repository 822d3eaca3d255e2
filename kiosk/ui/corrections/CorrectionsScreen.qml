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
    readonly property bool isDay: model.field === "born_on"
    readonly property var titles: ({
            "list": qsTrId("corrections.title"),
            "page": qsTrId("corrections.page_title").arg(model.page.name ?? ""),
            "correct": qsTrId("corrections.correct_title"),
            "decline": qsTrId("corrections.decline_title")
        })

    function clear() {
        reason.chosen = "";
        value.clear();
        sentence.clear();
    }

    title: titles[step] ?? ""
    filling: step !== "list"
    ownBack: step !== "list"
    onBackPressed: model.goTo(step === "page" ? "list" : "page")

    CorrectionsModel {
        id: model

        kiosk: root.kiosk
        onPageChanged: root.scrollUp()
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
                required property var modelData

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

    AppText {
        Layout.fillWidth: true
        visible: root.step === "correct" && model.field !== ""
        text: qsTrId("corrections.held_now").arg(model.page.what ?? "").arg(model.page.held ?? "")
        font.pixelSize: Theme.large
    }

    TextEntry {
        id: value

        objectName: "corrections.value"
        Layout.fillWidth: true
        visible: root.step === "correct" && model.field !== ""
        longest: 80
        label: model.page.what ?? ""
        hint: root.isDay ? qsTrId("corrections.hint_born_on") : qsTrId("corrections.hint_value").arg(model.page.what ?? "")
        icon: "pencil"
        hints: model.field === "name" ? Qt.ImhNone : Qt.ImhPreferNumbers
    }

    ReasonChoice {
        id: reason

        Layout.fillWidth: true
        visible: root.step === "decline"
        desk: model
    }

    TextEntry {
        id: sentence

        objectName: "corrections.sentence"
        Layout.fillWidth: true
        visible: root.step === "correct" || root.step === "decline"
        several: true
        longest: 200
        label: qsTrId("corrections.sentence")
        hint: root.declining ? qsTrId("corrections.hint_decline") : qsTrId("corrections.hint_correct")
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
                icon: "pencil"
                text: qsTrId("corrections.to_correct")
                onClicked: model.goTo("correct")
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
        },
        PrimaryButton {
            objectName: "corrections.correct"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "correct"
            enabled: !model.busy && sentence.typed.trim() !== "" && (model.field === "" || value.typed.trim() !== "")
            icon: "check"
            text: qsTrId("corrections.correct")
            onClicked: {
                InputMethod.commit();
                if (model.field === "")
                    model.correct("", sentence.text);
                else
                    sure.open();
            }
        },
        PrimaryButton {
            objectName: "corrections.decline"
            weighty: true
            Layout.fillWidth: true
            visible: root.step === "decline"
            enabled: !model.busy && reason.chosen !== "" && sentence.typed.trim() !== ""
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
        explanation: qsTrId("corrections.sure_detail").arg(model.page.held ?? "")
        yes: qsTrId("corrections.sure_yes")
        no: qsTrId("corrections.sure_no")
        icon: "pencil"
        onConfirmed: model.correct(value.text, sentence.text)
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
