pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The shelf: what there is, what it costs, and what one can have now; a tap asks once and reserves.
Page {
    id: root

    readonly property bool wide: width > height && room > (190 + 40 * Theme.textStep) * Theme.mm
    readonly property bool done: model.stage === "done"
    property int chosen

    title: done ? qsTrId("perks.done_title") : qsTrId("perks.title")
    filling: done
    ownBack: done
    onBackPressed: {
        paper.follow(0);
        model.back();
    }

    ShelfModel {
        id: model

        kiosk: root.kiosk
        onStageChanged: root.scrollUp()
        onReserved: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Card {
        Layout.fillWidth: true
        visible: !root.done && model.there

        GridLayout {
            Layout.fillWidth: true
            columns: root.wide ? 3 : 1
            columnSpacing: Theme.pad
            rowSpacing: Theme.gap

            AppText {
                objectName: "perks.wallet"
                text: qsTrId("perks.to_spend", model.wallet).arg(model.wallet)
                color: Theme.colour.goldInk
                font.pixelSize: Theme.title
                font.bold: true
            }

            AppText {
                objectName: "perks.never"
                Layout.fillWidth: true
                text: qsTrId("perks.slip_number")
                font.pixelSize: Theme.large
            }

            SecondaryButton {
                objectName: "perks.my_wallet"
                Layout.maximumWidth: root.room - 2 * Theme.pad
                icon: "wallet"
                text: qsTrId("perks.my_wallet")
                onClicked: root.kiosk.open("wallet", {})
            }
        }
    }

    Notice {
        objectName: "perks.why_not"
        visible: !root.done && text !== ""
        tone: "voice"
        icon: "info-circle"
        text: model.whyNot
    }

    Notice {
        objectName: "perks.ending"
        visible: !root.done && text !== ""
        tone: "gold"
        icon: "hourglass"
        text: model.ending
    }

    Notice {
        objectName: "perks.kept"
        visible: !root.done && text !== ""
        slim: true
        icon: "gift"
        text: model.waiting
    }

    Notice {
        objectName: "perks.outs"
        visible: !root.done && text !== ""
        icon: "users-group"
        heading: qsTrId("perks.out_title")
        text: model.outs
    }

    EmptyState {
        visible: !root.done && model.there && model.offers.length === 0
        icon: "gift"
        text: qsTrId("perks.empty")
        detail: qsTrId("perks.empty_detail")
    }

    TileGrid {
        Layout.fillWidth: true
        visible: !root.done
        most: root.upright ? 2 : 3
        narrowest: 84

        Repeater {
            model: model.offers

            PerkTile {
                required property int index
                required property OfferRow modelData

                objectName: `perks.offer.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                offer: modelData
                onClicked: {
                    root.chosen = modelData.perkId;
                    dialog.question = modelData.question;
                    dialog.explanation = modelData.explanation;
                    model.aboutToAnswer();
                    dialog.open();
                }
            }
        }
    }

    Outcome {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.done
        named: "perks"
        paper: paper
        wide: root.wide
        tallest: root.free - 2 * root.edge
        icon: "gift"
        heading: qsTrId("perks.reserved")
        label: qsTrId("perks.number_of_voucher")
        number: model.words.reference
        keep: qsTrId("perks.keep_voucher")

        Notice {
            objectName: "perks.until"
            Layout.topMargin: Theme.pad
            tone: "gold"
            icon: "calendar"
            text: model.words.until
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: model.words.left
            font.pixelSize: Theme.large
        }

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTrId("perks.slip_number")
            color: Theme.colour.inkSoft
        }
    }

    foot: PrimaryButton {
        objectName: "perks.done"
        Layout.fillWidth: true
        visible: root.done
        text: qsTrId("perks.to_shelf")
        icon: "check"
        onClicked: root.backPressed()
    }

    ConfirmDialog {
        id: dialog

        question: ""
        yes: qsTrId("perks.reserve")
        no: qsTrId("perks.not_now")
        icon: "gift"
        onConfirmed: model.reserve(root.chosen)
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
