pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// One's own wallet: what can be spent and until when, what is reserved, what came and went.
Page {
    id: root

    property string cancelling
    property bool gaveBack: false

    title: qsTrId("perks.my_wallet")

    WalletModel {
        id: model

        kiosk: root.kiosk
        onCancelled: root.gaveBack = true
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "wallet.given_back"
        visible: root.gaveBack
        icon: "circle-check"
        text: qsTrId("perks.given_back")
    }

    Card {
        Layout.fillWidth: true
        visible: model.there

        AppText {
            objectName: "wallet.points"
            text: qsTrId("perks.to_spend", model.points).arg(model.points)
            color: Theme.colour.goldInk
            font.pixelSize: Theme.title
            font.bold: true
        }

        AppText {
            Layout.fillWidth: true
            text: qsTrId("perks.how_long")
        }

        Repeater {
            model: model.lots

            RowLayout {
                id: lot

                required property LotRow modelData

                Layout.fillWidth: true
                spacing: Theme.gap

                AppIcon {
                    name: lot.modelData.soon ? "hourglass" : "clock"
                    colour: lot.modelData.soon ? Theme.colour.goldInk : Theme.colour.inkSoft
                    size: Theme.large
                }

                AppText {
                    Layout.fillWidth: true
                    text: `${lot.modelData.points} · ${lot.modelData.until} · ${lot.modelData.since}`
                    font.bold: lot.modelData.soon
                    color: lot.modelData.soon ? Theme.colour.goldInk : Theme.colour.ink
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        visible: model.vouchers.length > 0
        text: qsTrId("perks.vouchers")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.vouchers.length > 0

        Repeater {
            model: model.vouchers

            ListRow {
                id: row

                required property int index
                required property VoucherRow modelData

                objectName: `wallet.voucher.${index}`
                text: modelData.title
                detail: modelData.detail
                last: index === model.vouchers.length - 1
                leading: Drawing {
                    name: `perk_${row.modelData.picture}`
                    side: Math.round(9 * Theme.mm)
                }

                QuietButton {
                    objectName: `wallet.cancel.${row.index}`
                    visible: row.modelData.mayCancel
                    enabled: !model.busy
                    icon: "arrow-back-up"
                    text: qsTrId("perks.cancel")
                    onClicked: {
                        root.gaveBack = false;
                        root.cancelling = row.modelData.reference;
                        dialog.question = row.modelData.question;
                        model.aboutToAnswer();
                        dialog.open();
                    }
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        visible: model.movements.length > 0
        text: qsTrId("perks.came_and_went")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.movements.length > 0

        Repeater {
            model: model.movements

            ListRow {
                required property int index
                required property MovementRow modelData

                objectName: `wallet.movement.${index}`
                text: modelData.points
                aside: modelData.what
                detail: modelData.on
                last: index === model.movements.length - 1
            }
        }
    }

    EmptyState {
        visible: model.there && model.movements.length === 0
        icon: "wallet"
        text: qsTrId("perks.nothing_yet")
        detail: qsTrId("perks.nothing_yet_detail")
    }

    ConfirmDialog {
        id: dialog

        question: ""
        explanation: qsTrId("perks.cancel_detail")
        yes: qsTrId("perks.cancel_yes")
        no: qsTrId("perks.cancel_no")
        icon: "arrow-back-up"
        onConfirmed: model.cancel(root.cancelling)
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
