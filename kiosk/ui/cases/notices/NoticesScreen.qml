pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// What is new about the person who signed in: one thing, what it means, and the person's word on it.
Page {
    id: root

    // Where the person was going.
    property string then: "my_record"
    property var thenWith: ({})
    // The case that is told first.
    property int first: 0

    readonly property var answers: ({
            "accept": qsTrId("my_record.accept"),
            "reply": qsTrId("my_record.hand_in_reply"),
            "confirm": qsTrId("my_record.confirm"),
            "read": qsTrId("my_record.understood")
        })

    // Whether this decision was in sight to its end, or is read aloud: "I have read it" is what the
    // days to appeal count from.
    property bool seen: false
    readonly property bool unread: model.needs === "read" && !seen

    function leave() {
        kiosk.replace(then, thenWith);
    }

    title: qsTrId("my_record.news_title")
    ownBack: true
    unfinished: model.needs === "reply" && answer.choice !== ""
    filling: true
    onBackPressed: kiosk.leave()

    NoticesModel {
        id: model

        first: root.first
        kiosk: root.kiosk
        onFinished: root.leave()
        onNoticeChanged: {
            answer.clear();
            root.seen = false;
            root.scrollUp();
            looking.restart(); // once this notice has its height
        }
    }

    Timer {
        id: looking

        interval: 300
        repeat: true
        onTriggered: {
            root.seen = root.seen || root.atEnd;
            if (root.seen)
                stop();
        }
    }

    ErrorBanner {
        text: model.error
    }

    Telling {
        id: notice

        objectName: `notice.${model.needs}`
        Layout.fillWidth: true
        Layout.fillHeight: model.needs !== "reply"
        visible: model.needs !== ""
        reader: root.kiosk.reader
        readName: "read_notice"
        icon: model.needs === "reply" ? "message-report" : model.needs === "read" ? "scale" : "heart-handshake"
        ink: model.needs === "reply" || model.needs === "read" ? Theme.colour.voice : Theme.colour.goldInk
        place: model.said.place
        heading: model.said.heading
        onRead: root.seen = true

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap
            spacing: Theme.pad

            AppText {
                width: Math.min(Math.ceil(implicitWidth), parent.width)
                text: model.said.subject
                font.pixelSize: Theme.title
                font.bold: true
            }

            AppText {
                visible: text !== ""
                text: model.said.points
                wrapMode: Text.NoWrap
                color: model.needs === "accept" ? Theme.colour.goldInk : Theme.colour.care
                font.pixelSize: Theme.title
                font.bold: true
            }
        }

        Drawing {
            objectName: "notice.thanks"
            Layout.preferredWidth: side
            Layout.preferredHeight: side
            visible: name !== ""
            name: model.said.drawing
            side: Math.round(20 * Theme.mm)
        }

        AppText {
            Layout.fillWidth: true
            text: model.said.circumstances
            color: Theme.colour.inkSoft
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            text: model.said.words
            font.pixelSize: Theme.large
        }

        Flow {
            Layout.fillWidth: true
            visible: model.photos.length > 0
            spacing: Theme.gap

            Repeater {
                model: model.photos

                // A tap makes it as wide as the screen has room for, another one small again.
                PhotoTile {
                    required property int index
                    required property string modelData
                    property bool large: false

                    objectName: `notice.photo.${index}`
                    width: large ? parent.width : Math.min(parent.width, Math.round(66 * Theme.mm))
                    address: modelData
                    spoken: qsTrId("my_record.photo_spoken").arg(index + 1)
                    onClicked: large = !large
                }
            }
        }

        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            text: model.said.whence
            color: Theme.colour.inkSoft
        }

        Repeater {
            model: model.decisions

            ColumnLayout {
                id: made

                required property int index
                required property DecisionRow modelData

                objectName: `notice.decision.${index}`
                Layout.fillWidth: true
                spacing: Math.round(0.8 * Theme.mm)

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: Theme.hairline
                    color: Theme.colour.line
                }

                AppText {
                    Layout.fillWidth: true
                    text: made.modelData.what
                    font.bold: true
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: made.modelData.why
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: made.modelData.said
                }
            }
        }

        Notice {
            Layout.topMargin: Theme.gap
            tone: model.needs === "reply" || model.needs === "read" && !model.relief ? "voice" : "tea"
            icon: model.needs === "reply" ? "hourglass" : "info-circle"
            text: model.said.next
        }
    }

    ReplyChoices {
        id: answer

        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: model.needs === "reply"
        replies: model.replies
    }

    Item {
        Layout.fillHeight: true
        visible: model.needs === "reply"
    }

    foot: [
        GridLayout {
            id: buttons

            readonly property int natural: visibleChildren.reduce((sum, child) => sum + child.implicitWidth + columnSpacing, 0)

            Layout.fillWidth: true
            visible: model.needs !== ""
            columns: natural > root.room ? 1 : 3
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap

            PrimaryButton {
                id: yes

                objectName: "answer"
                weighty: true
                Layout.fillWidth: true
                enabled: model.needs === "reply" ? answer.ready : !root.unread
                icon: model.needs === "reply" ? "message-2" : "check"
                text: root.unread ? qsTrId("my_record.read_on") : root.answers[model.needs] ?? ""
                onClicked: {
                    if (model.needs === "accept")
                        model.accept();
                    else if (model.needs === "reply")
                        model.reply(answer.choice, answer.words);
                    else if (model.needs === "confirm")
                        model.confirm();
                    else
                        model.acknowledge();
                }
            }

            SecondaryButton {
                id: no

                objectName: "decline"
                weighty: true
                Layout.fillWidth: true
                visible: model.needs === "accept"
                icon: "x"
                size: Theme.large
                text: qsTrId("my_record.decline")
                onClicked: model.decline()
            }

            SecondaryButton {
                id: disagree

                objectName: "appeal"
                Layout.fillWidth: true
                visible: model.mayAppeal
                icon: "scale"
                size: Theme.large
                text: qsTrId("my_record.disagree")
                onClicked: root.kiosk.replace("appeal", {
                    "caseId": model.caseId
                })
            }

            QuietButton {
                id: later

                objectName: "later"
                Layout.fillWidth: true
                visible: model.needs !== "read"
                size: Theme.large
                text: qsTrId("my_record.later")
                onClicked: model.goOn()
            }
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
