pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// One's own record: the number, the sum, each line of it, what will change, and who looked.
Page {
    id: root

    // The box of the sum whose lines are shown; empty for all of them.
    property string chosen
    // How far the page was scrolled when a page was opened from it.
    property int place: 0
    property int withdrawing: 0
    property int confirming: 0
    readonly property bool wide: width > height && room > (300 + 50 * Theme.textStep) * Theme.mm
    readonly property var shown: chosen === "" ? model.lines : model.lines.filter(line => line.kind === chosen)

    readonly property var headings: ({
            "": qsTrId("my_record.lines"),
            "base": qsTrId("my_record.base"),
            "deed": qsTrId("my_record.deeds"),
            "star": qsTrId("my_record.stars"),
            "concern": qsTrId("my_record.concerns")
        })
    // What is said where a box has no lines: an icon, a sentence, and what it means.
    readonly property var withoutLines: ({
            "": ["seedling", qsTrId("my_record.no_lines"), qsTrId("my_record.no_lines_detail")],
            "base": ["leaf", qsTrId("my_record.lines_base"), ""],
            "deed": ["seedling", qsTrId("my_record.no_deed"), qsTrId("my_record.no_lines_detail")],
            "star": ["home-star", qsTrId("my_record.no_star"), qsTrId("my_record.no_star_detail")],
            "concern": ["leaf", qsTrId("my_record.no_concern"), qsTrId("my_record.no_concern_detail")]
        })

    // The place is kept for when one comes back.
    function openPage(name: string, properties: var) {
        kiosk.remember("chosen", chosen);
        kiosk.remember("place", Math.round(scrolled));
        kiosk.open(name, properties ?? {});
    }
    function signInFirst() {
        kiosk.replace("sign_in", {
            "then": "my_record"
        });
    }

    title: qsTrId("my_record.title")
    ownBack: chosen !== ""
    onBackPressed: {
        chosen = "";
        hold(0);
    }
    Component.onCompleted: if (!kiosk.signedIn)
        Qt.callLater(root.signInFirst)

    MyRecordModel {
        id: model

        kiosk: root.kiosk
        onRecordChanged: if (root.place > 0)
            root.hold(root.place)
    }

    ErrorBanner {
        text: model.error
    }

    BaseButton {
        objectName: "open_news"
        Layout.fillWidth: true
        visible: model.news > 0
        icon: "message-2"
        size: Theme.large
        bold: true
        fill: Theme.colour.voiceSoft
        ink: Theme.colour.voice
        edge: Theme.colour.voice
        text: qsTrId("my_record.news_waiting", model.news).arg(model.news)
        onClicked: root.kiosk.replace("notices")
    }

    BaseButton {
        objectName: "open_asked"
        Layout.fillWidth: true
        visible: model.asked > 0
        icon: "id"
        size: Theme.large
        bold: true
        fill: Theme.colour.voiceSoft
        ink: Theme.colour.voice
        edge: Theme.colour.voice
        text: qsTrId("my_record.asked_waiting", model.asked).arg(model.asked)
        onClicked: root.kiosk.replace("asked")
    }

    BaseButton {
        objectName: "open_panels"
        Layout.fillWidth: true
        visible: model.panels > 0
        icon: "users"
        size: Theme.large
        bold: true
        fill: Theme.colour.teaSoft
        ink: Theme.colour.tea
        edge: Theme.colour.tea
        text: qsTrId("my_record.panels_waiting", model.panels).arg(model.panels)
        onClicked: root.openPage("panel", {})
    }

    BaseButton {
        objectName: "open_visits"
        Layout.fillWidth: true
        visible: model.visits > 0 || model.invited
        icon: "walk"
        size: Theme.large
        bold: true
        fill: Theme.colour.teaSoft
        ink: Theme.colour.tea
        edge: Theme.colour.tea
        text: model.visits > 0 ? qsTrId("my_record.visits_waiting", model.visits).arg(model.visits) : qsTrId("my_record.invited")
        onClicked: root.openPage("visits", {})
    }

    BaseButton {
        objectName: "open_told"
        Layout.fillWidth: true
        visible: model.householdTold
        icon: "home-star"
        size: Theme.large
        bold: true
        fill: Theme.colour.voiceSoft
        ink: Theme.colour.voice
        edge: Theme.colour.voice
        text: qsTrId("my_record.household_told")
        onClicked: root.openPage("my_household", {})
    }

    Notice {
        objectName: "points_ending"
        visible: text !== ""
        tone: "gold"
        icon: "hourglass"
        text: model.ending
    }

    Card {
        objectName: "paused"
        Layout.fillWidth: true
        visible: model.paused
        color: Theme.colour.teaSoft

        EmptyState {
            icon: "player-pause"
            text: qsTrId("my_record.paused")
            detail: qsTrId("my_record.paused_detail")
        }

        PrimaryButton {
            objectName: "resume"
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: root.room - 2 * Theme.pad
            Layout.bottomMargin: Theme.pad
            enabled: !model.busy
            icon: "arrow-back-up"
            text: qsTrId("my_data.resume")
            onClicked: model.resume()
        }
    }

    Card {
        objectName: "not_joined"
        Layout.fillWidth: true
        visible: model.there && !model.enrolled && !model.paused
        color: Theme.colour.teaSoft

        EmptyState {
            icon: "plant-2"
            text: qsTrId("my_record.not_joined")
            detail: qsTrId("my_record.not_joined_detail")
        }

        AppText {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.pad
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("my_record.how_to_join")
        }
    }

    GridLayout {
        Layout.fillWidth: true
        visible: model.there
        columns: root.wide ? 2 : 1
        columnSpacing: Math.round(1.3 * Theme.pad)
        rowSpacing: Math.round(1.6 * Theme.gap)

        NumberCard {
            objectName: "number_card"
            Layout.fillWidth: !root.wide
            Layout.fillHeight: true
            Layout.preferredWidth: root.wide ? Math.round((84 + 16 * Theme.textStep) * Theme.mm) : -1
            visible: model.enrolled
            number: model.number
            lying: !root.wide
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Math.round(1.6 * Theme.gap)

            SumRow {
                objectName: "sum"
                Layout.fillWidth: true
                visible: model.enrolled
                base: model.base
                deeds: model.deeds
                stars: model.stars
                concerns: model.concerns
                number: model.number
                chosen: root.chosen
                onPicked: kind => {
                    root.chosen = kind;
                    root.hold(lines);
                }
            }

            TileGrid {
                Layout.fillWidth: true
                Layout.fillHeight: true
                narrowest: 84
                most: 2

                ShortList {
                    objectName: "coming"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: model.enrolled
                    icon: "clock"
                    heading: qsTrId("my_record.coming")
                    entries: model.coming
                    nothing: qsTrId("my_record.nothing_coming")
                    note: model.concerns === 0 && !model.coming.some(change => change.begins) ? qsTrId("my_record.no_concerns_now") : ""
                }

                ShortList {
                    id: looks

                    objectName: "looked"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    icon: "shield-check"
                    heading: qsTrId("my_record.who_looked")
                    entries: model.views
                    nothing: qsTrId("access.nobody_looked")

                    SecondaryButton {
                        objectName: "all_views"
                        Layout.maximumWidth: looks.within
                        visible: model.looks > 0
                        icon: "chevron-right"
                        text: qsTrId("my_record.all_views").arg(model.looks)
                        onClicked: root.openPage("record_views", {})
                    }
                }
            }
        }
    }

    ColumnLayout {
        id: lines

        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        visible: model.enrolled
        spacing: Theme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap

            Title {
                objectName: "lines_title"
                Layout.fillWidth: true
                text: root.headings[root.chosen]
            }

            QuietButton {
                objectName: "all_lines"
                visible: root.chosen !== ""
                icon: "list-check"
                text: qsTrId("my_record.all_lines")
                onClicked: root.chosen = ""
            }
        }

        Card {
            objectName: "no_lines"
            Layout.fillWidth: true
            visible: root.shown.length === 0

            EmptyState {
                icon: root.withoutLines[root.chosen][0]
                text: root.withoutLines[root.chosen][1]
                detail: root.withoutLines[root.chosen][2]
            }

            SecondaryButton {
                objectName: "report_deed"
                Layout.alignment: Qt.AlignHCenter
                Layout.maximumWidth: root.room - 2 * Theme.pad
                Layout.bottomMargin: Theme.pad
                visible: root.chosen === "" || root.chosen === "deed"
                tone: "gold"
                icon: "heart-handshake"
                text: qsTrId("my_record.report_deed")
                onClicked: root.openPage("reports", {
                    "kind": "good"
                })
            }
        }

        RowCard {
            Layout.fillWidth: true
            visible: root.shown.length > 0

            Repeater {
                model: root.shown

                RecordLine {
                    required property int index
                    required property LineRow modelData

                    objectName: `line.${index}`
                    points: modelData.points
                    title: modelData.title
                    detail: modelData.detail
                    until: modelData.until
                    remark: modelData.remark
                    openable: modelData.kind === "concern"
                    last: index === root.shown.length - 1
                    onOpened: root.openPage("appeal", {
                        "caseId": modelData.caseId
                    })
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        visible: model.cases.length > 0
        text: qsTrId("my_record.cases")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.cases.length > 0

        Repeater {
            model: model.cases

            ListRow {
                id: matter

                required property int index
                required property MatterRow modelData

                objectName: `case.${index}`
                text: modelData.title
                aside: modelData.detail
                detail: modelData.notes
                last: index === model.cases.length - 1

                Chip {
                    height: Math.max(implicitHeight, Theme.target)
                    tone: "gold"
                    icon: "hourglass"
                    text: matter.modelData.state
                }

                SecondaryButton {
                    objectName: `reply.${matter.index}`
                    visible: matter.modelData.mayReply
                    size: Theme.small
                    icon: "message-2"
                    text: qsTrId("my_record.reply")
                    onClicked: root.kiosk.replace("notices", {
                        "first": matter.modelData.caseId
                    })
                }

                SecondaryButton {
                    objectName: `appeal.${matter.index}`
                    visible: matter.modelData.mayAppeal || matter.modelData.appealed
                    size: Theme.small
                    icon: "scale"
                    text: matter.modelData.mayAppeal ? qsTrId("my_record.appeal") : qsTrId("my_record.see_decision")
                    onClicked: root.openPage("appeal", {
                        "caseId": matter.modelData.caseId
                    })
                }

                QuietButton {
                    objectName: `withdraw.${matter.index}`
                    visible: matter.modelData.mayWithdraw
                    size: Theme.small
                    icon: "arrow-back-up"
                    text: qsTrId("my_record.withdraw")
                    onClicked: {
                        root.withdrawing = matter.modelData.caseId;
                        model.aboutToAnswer();
                        dialog.open();
                    }
                }

                SecondaryButton {
                    objectName: `put_right.${matter.index}`
                    visible: matter.modelData.mayPutRight
                    size: Theme.small
                    icon: "leaf"
                    text: qsTrId("my_record.put_right")
                    onClicked: root.openPage("put_right", {
                        "caseId": matter.modelData.caseId
                    })
                }

                SecondaryButton {
                    objectName: `confirm_right.${matter.index}`
                    visible: matter.modelData.mayConfirmRight
                    size: Theme.small
                    icon: "circle-check"
                    text: qsTrId("my_record.confirm_right")
                    onClicked: {
                        root.confirming = matter.modelData.caseId;
                        model.aboutToAnswer();
                        righted.open();
                    }
                }
            }
        }
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        visible: model.there
        narrowest: 84
        most: 2

        ShortList {
            objectName: "wallet"
            Layout.fillWidth: true
            Layout.fillHeight: true
            icon: "wallet"
            heading: qsTrId("my_record.wallet")
            entries: []
            nothing: qsTrId("my_record.wallet_detail")

            AppText {
                objectName: "wallet_points"
                text: model.wallet
                color: Theme.colour.goldInk
                font.pixelSize: Theme.figure
                font.bold: true
            }

            SecondaryButton {
                objectName: "open_perks"
                Layout.maximumWidth: agreed.within
                tone: "gold"
                icon: "gift"
                text: qsTrId("my_record.wallet_open")
                onClicked: root.openPage("perks", {})
            }

            SecondaryButton {
                objectName: "open_wallet"
                Layout.maximumWidth: agreed.within
                icon: "chevron-right"
                text: qsTrId("my_record.wallet_mine")
                onClicked: root.openPage("wallet", {})
            }
        }

        ShortList {
            id: agreed

            objectName: "rights"
            Layout.fillWidth: true
            Layout.fillHeight: true
            icon: "clipboard-check"
            heading: qsTrId("my_record.rights")
            entries: []
            nothing: qsTrId("my_record.rights_detail")

            SecondaryButton {
                objectName: "open_rights"
                Layout.maximumWidth: agreed.within
                icon: "chevron-right"
                text: qsTrId("my_record.rights_open")
                onClicked: root.openPage("consents", {})
            }

            SecondaryButton {
                objectName: "open_letters"
                Layout.maximumWidth: agreed.within
                icon: "mail"
                text: qsTrId("my_record.letters_open")
                onClicked: root.openPage("letters", {})
            }

            SecondaryButton {
                objectName: "open_household"
                Layout.maximumWidth: agreed.within
                icon: "chevron-right"
                text: qsTrId("my_record.household_open")
                onClicked: root.openPage("my_household", {})
            }

            SecondaryButton {
                objectName: "open_my_data"
                Layout.maximumWidth: agreed.within
                icon: "chevron-right"
                text: qsTrId("my_record.data_open")
                onClicked: root.openPage("my_data", {})
            }
        }
    }

    ConfirmDialog {
        id: dialog

        question: qsTrId("my_record.withdraw_title")
        explanation: qsTrId("my_record.withdraw_detail")
        yes: qsTrId("my_record.withdraw_yes")
        no: qsTrId("my_record.withdraw_no")
        icon: "arrow-back-up"
        onConfirmed: model.withdraw(root.withdrawing)
    }

    ConfirmDialog {
        id: righted

        question: qsTrId("my_record.confirm_right_title")
        explanation: qsTrId("my_record.confirm_right_detail")
        yes: qsTrId("my_record.confirm_right_yes")
        no: qsTrId("my_record.confirm_right_no")
        icon: "leaf"
        onConfirmed: model.confirmRight(root.confirming)
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
