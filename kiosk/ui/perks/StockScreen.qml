pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Who keeps the shelf: something new, deliveries, counting, what is over, and what everybody gets.
Page {
    id: root

    readonly property string stage: model.stage
    readonly property bool writing: stage === "name" || stage === "purpose"
    readonly property bool naming: stage === "name"
    readonly property bool bringing: stage === "more"
    readonly property bool choosing: ["why", "until"].includes(stage)
    readonly property var titles: ({
            "page": qsTrId("perks.stock_title"),
            "picture": qsTrId("perks.stock_picture"),
            "name": qsTrId("perks.stock_name"),
            "numbers": qsTrId("perks.stock_numbers"),
            "more": qsTrId("perks.stock_more"),
            "count": qsTrId("perks.stock_count"),
            "why": qsTrId("perks.stock_why"),
            "purpose": qsTrId("perks.stock_purpose"),
            "until": qsTrId("perks.stock_until"),
            "card": qsTrId("perks.stock_card"),
            "who": qsTrId("perks.stock_who")
        })

    title: titles[stage] ?? ""
    filling: stage === "card"
    ownBack: stage !== "page"
    unfinished: stage !== "page"
    onBackPressed: model.back()

    StockModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: {
            root.kiosk.putKeyboardAway();
            zh.clear();
            en.clear();
            finding.clear();
            found.amount = model.stage === "count" ? model.expected : 1;
            root.scrollUp();
        }
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        visible: text !== "" && (root.stage !== "card" || !model.hasCard)
        text: model.error
    }

    Notice {
        objectName: "stock.done"
        visible: root.stage === "page" && text !== ""
        icon: "circle-check"
        text: model.done
    }

    Title {
        Layout.fillWidth: true
        visible: outs.visible
        text: qsTrId("perks.out_title")
    }

    RowCard {
        id: outs

        Layout.fillWidth: true
        visible: root.stage === "page" && model.outs.length > 0

        Repeater {
            model: model.outs

            ListRow {
                id: out

                required property int index
                required property HandOutRow modelData

                objectName: `stock.out.${index}`
                text: modelData.title
                detail: modelData.detail
                last: index === model.outs.length - 1
                leading: Drawing {
                    name: `perk_${out.modelData.picture}`
                    side: Math.round(9 * Theme.mm)
                }

                SecondaryButton {
                    objectName: `stock.give.${out.index}`
                    enabled: !model.busy
                    icon: "gift"
                    text: qsTrId("perks.stock_give")
                    onClicked: model.give(out.modelData.handOutId)
                }
            }
        }
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.stage === "page" && model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property StockRow modelData

                objectName: `stock.${index}`
                text: modelData.title
                detail: modelData.detail
                last: index === model.rows.length - 1
                leading: Drawing {
                    name: `perk_${row.modelData.picture}`
                    side: Math.round(9 * Theme.mm)
                }

                QuietButton {
                    objectName: `stock.bring.${row.index}`
                    enabled: !model.busy
                    icon: "plus"
                    text: qsTrId("perks.stock_bring")
                    onClicked: model.bring(row.modelData.perkId)
                }

                QuietButton {
                    objectName: `stock.take.${row.index}`
                    enabled: !model.busy
                    icon: "list-check"
                    text: qsTrId("perks.stock_take")
                    onClicked: model.take(row.modelData.perkId)
                }

                QuietButton {
                    objectName: `stock.everybody.${row.index}`
                    enabled: !model.busy
                    icon: "users-group"
                    text: qsTrId("perks.stock_everybody")
                    onClicked: model.giveOut(row.modelData.perkId)
                }

                QuietButton {
                    objectName: `stock.end.${row.index}`
                    enabled: !model.busy
                    icon: "x"
                    text: qsTrId("perks.stock_end")
                    onClicked: {
                        ending.perk = row.modelData.perkId;
                        ending.open();
                    }
                }
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== "" && !["page", "card", "picture"].includes(root.stage)
        text: model.about
        font.pixelSize: Theme.large
        font.bold: true
    }

    Notice {
        visible: root.stage === "purpose"
        tone: "voice"
        icon: "users-group"
        text: qsTrId("perks.out_note")
    }

    Choices {
        Layout.fillWidth: true
        visible: root.choosing
        choices: model.choices
        named: "stock.choice"
        byKey: true
        narrowest: 70
        most: 3
        onChosen: key => model.choose(key)
    }

    TileGrid {
        Layout.fillWidth: true
        visible: root.stage === "picture"
        narrowest: 60
        most: 4

        Repeater {
            model: model.pictures

            PictureTile {
                required property PictureRow modelData

                objectName: `stock.picture.${modelData.picture}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                drawing: `perk_${modelData.picture}`
                text: modelData.name
                onClicked: model.choose(modelData.picture)
            }
        }
    }

    TextEntry {
        id: zh

        objectName: "stock.zh"
        Layout.fillWidth: true
        visible: root.writing
        label: root.naming ? qsTrId("perks.name_zh") : qsTrId("perks.purpose_zh")
        longest: 40
    }

    TextEntry {
        id: en

        objectName: "stock.en"
        Layout.fillWidth: true
        visible: root.writing
        label: root.naming ? qsTrId("perks.name_en") : qsTrId("perks.purpose_en")
        longest: 60
    }

    Card {
        Layout.fillWidth: true
        visible: root.stage === "numbers"

        Amount {
            id: price

            Layout.fillWidth: true
            named: "stock.price"
            label: qsTrId("perks.amount_price")
            amount: 3
            least: 1
        }

        Amount {
            id: number

            Layout.fillWidth: true
            named: "stock.number"
            label: qsTrId("perks.amount_number")
            amount: 10
        }

        Amount {
            id: limit

            Layout.fillWidth: true
            named: "stock.limit"
            label: qsTrId("perks.amount_limit")
            most: 100
        }
    }

    Card {
        Layout.fillWidth: true
        visible: root.stage === "more" || root.stage === "count"

        Amount {
            id: found

            Layout.fillWidth: true
            named: "stock.found"
            label: root.bringing ? qsTrId("perks.amount_more") : qsTrId("perks.amount_found").arg(model.expected)
            least: root.stage === "more" ? 1 : 0
        }
    }

    FindPerson {
        id: finding

        Layout.fillWidth: true
        visible: root.stage === "who"
        kiosk: root.kiosk
        prefix: "stock."
        label: qsTrId("enrolment.search")
        hint: qsTrId("enrolment.search_hint")
        begin: qsTrId("perks.stock_who_begin")
        beginDetail: qsTrId("perks.stock_who_detail")
        nobody: qsTrId("enrolment.nobody")
        nobodyDetail: qsTrId("enrolment.nobody_detail")
        onChosen: id => {
            giving.person = id;
            giving.open();
        }
    }

    CardAndPin {
        page: root
        asking: model
        visible: root.stage === "card"
    }

    foot: [
        PrimaryButton {
            objectName: "stock.add"
            Layout.fillWidth: true
            visible: root.stage === "page" && root.kiosk.official
            enabled: !model.busy
            icon: "plus"
            text: qsTrId("perks.stock_add")
            onClicked: model.add()
        },
        PrimaryButton {
            objectName: "stock.named"
            Layout.fillWidth: true
            visible: root.writing
            enabled: zh.typed.trim() !== "" && (en.typed.trim() !== "" || root.stage === "purpose")
            icon: "check"
            text: qsTrId("perks.stock_go_on")
            onClicked: model.name(zh.text, en.text)
        },
        PrimaryButton {
            objectName: "stock.write"
            Layout.fillWidth: true
            visible: ["numbers", "more", "count"].includes(root.stage)
            enabled: !model.busy
            icon: "check"
            text: qsTrId("perks.stock_write")
            onClicked: root.stage === "numbers" ? model.offer(price.amount, number.amount, limit.amount) : root.stage === "more" ? model.brought(found.amount) : model.counted(found.amount)
        }
    ]

    ConfirmDialog {
        id: ending

        property int perk

        question: qsTrId("perks.end_sure")
        explanation: qsTrId("perks.end_detail")
        yes: qsTrId("perks.end_yes")
        no: qsTrId("perks.end_no")
        icon: "x"
        onConfirmed: model.end(perk)
    }

    ConfirmDialog {
        id: giving

        property int person

        question: qsTrId("perks.give_sure").arg(model.about)
        explanation: qsTrId("perks.give_detail")
        yes: qsTrId("perks.give_yes")
        no: qsTrId("perks.give_no")
        icon: "gift"
        onConfirmed: model.giveTo(person)
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
