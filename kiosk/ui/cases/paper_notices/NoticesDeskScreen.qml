pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Clerks: print the notices, hand them over, write down the day; take replies down and read them back.
Page {
    id: root

    property int caseId
    property int person
    property string subject
    // Printed before today, so that it can have been handed over yesterday.
    property bool earlier
    readonly property bool replying: model.person !== ""

    title: replying ? qsTrId("notices_desk.reply_title").arg(model.person) : qsTrId("notices_desk.title")
    ownBack: replying
    unfinished: replying && reply.choice !== ""
    onBackPressed: {
        if (reply.reading)
            reply.reading = false;
        else
            model.leaveReply();
    }

    NoticesDeskModel {
        id: model

        kiosk: root.kiosk
        onPrinted: job => paper.follow(job)
        onReplyChanged: if (!root.replying)
            reply.clear()
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "desk.written"
        visible: text !== "" && !root.replying
        icon: "circle-check"
        text: model.done
    }

    PaperProgress {
        Layout.fillWidth: true
        visible: paper.following && !root.replying && model.done === ""
        paper: paper
        tallest: Math.round(70 * Theme.mm)
    }

    EmptyState {
        objectName: "desk.nothing"
        visible: model.there && !root.replying && model.notices.length + model.awaited.length === 0
        icon: "mail"
        text: qsTrId("notices_desk.nothing")
        detail: qsTrId("notices_desk.nothing_detail")
    }

    Title {
        Layout.fillWidth: true
        visible: !root.replying && model.notices.length > 0
        text: qsTrId("notices_desk.to_hand_over")
    }

    RowCard {
        Layout.fillWidth: true
        visible: !root.replying && model.notices.length > 0

        Repeater {
            model: model.notices

            ListRow {
                id: notice

                required property int index
                required property ErrandRow modelData

                objectName: `notice.${index}`
                text: modelData.name
                aside: modelData.house
                detail: modelData.detail
                last: index === model.notices.length - 1

                SecondaryButton {
                    objectName: `notice.handed.${notice.index}`
                    visible: notice.modelData.printed
                    enabled: !model.busy
                    icon: "check"
                    text: qsTrId("notices_desk.handed_over")
                    onClicked: {
                        root.caseId = notice.modelData.caseId;
                        root.person = notice.modelData.person;
                        root.earlier = notice.modelData.earlier;
                        root.subject = notice.modelData.name;
                        handed.open();
                    }
                }

                QuietButton {
                    objectName: `notice.print.${notice.index}`
                    enabled: !model.busy
                    icon: "printer"
                    text: notice.modelData.printed ? qsTrId("printing.print_again") : qsTrId("notices_desk.print")
                    onClicked: model.printNotice(notice.modelData.caseId, notice.modelData.person)
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        visible: !root.replying && model.awaited.length > 0
        text: qsTrId("notices_desk.to_take_down")
    }

    RowCard {
        Layout.fillWidth: true
        visible: !root.replying && model.awaited.length > 0

        Repeater {
            model: model.awaited

            ListRow {
                id: told

                required property int index
                required property ErrandRow modelData

                objectName: `told.${index}`
                text: modelData.name
                aside: modelData.house
                detail: modelData.detail
                last: index === model.awaited.length - 1

                SecondaryButton {
                    objectName: `told.reply.${told.index}`
                    visible: told.modelData.mine
                    enabled: !model.busy
                    icon: "message-2"
                    text: qsTrId("notices_desk.take_down")
                    onClicked: model.takeDown(told.modelData.caseId)
                }
            }
        }
    }

    TakeDown {
        id: reply

        Layout.fillWidth: true
        visible: root.replying
        desk: model
    }

    foot: PrimaryButton {
        objectName: "desk.hand_in"
        weighty: true
        Layout.fillWidth: true
        visible: root.replying
        enabled: reply.ready && !model.busy
        icon: reply.reading ? "check" : "volume"
        text: reply.reading ? qsTrId("notices_desk.hand_in") : qsTrId("notices_desk.to_reading")
        settle: 600
        onClicked: {
            if (reply.reading)
                model.handIn(reply.choice, reply.words);
            else
                reply.reading = true;
        }
    }

    ConfirmDialog {
        id: handed

        question: qsTrId("notices_desk.handed_question").arg(root.subject)
        explanation: qsTrId("notices_desk.handed_detail")
        yes: qsTrId("notices_desk.handed_today")
        no: qsTrId("notices_desk.not_yet")
        icon: "mail"
        onConfirmed: model.handedOver(root.caseId, root.person, root.subject, 0)

        QuietButton {
            objectName: "dialog.yesterday"
            weighty: true
            Layout.fillWidth: true
            visible: root.earlier
            size: Theme.large
            text: qsTrId("notices_desk.handed_yesterday")
            onClicked: {
                handed.close();
                model.handedOver(root.caseId, root.person, root.subject, 1);
            }
        }
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
