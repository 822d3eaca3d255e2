pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// What one agreed to; two taps withdraw it.
Page {
    id: root

    property string purpose

    title: qsTrId("my_record.rights")

    ConsentsModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "withdrawn"
        visible: model.withdrawn
        icon: "circle-check"
        text: qsTrId("rights.withdrawn")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.consents.length > 0

        Repeater {
            model: model.consents

            ListRow {
                id: consent

                required property int index
                required property var modelData

                text: modelData.title
                aside: modelData.when
                detail: modelData.detail
                last: index === model.consents.length - 1
                leading: AppIcon {
                    name: consent.modelData.given ? "circle-check" : "minus"
                    colour: consent.modelData.given ? Theme.colour.tea : Theme.colour.inkSoft
                    size: Math.round(1.3 * Theme.large)
                }

                SecondaryButton {
                    objectName: `withdraw.${consent.modelData.purpose}`
                    visible: consent.modelData.given
                    text: qsTrId("rights.withdraw")
                    onClicked: {
                        root.purpose = consent.modelData.purpose;
                        model.askedToWithdraw();
                        dialog.open();
                    }
                }
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        text: qsTrId("my_record.rights_detail")
        color: Theme.colour.inkSoft
    }

    ConfirmDialog {
        id: dialog

        question: qsTrId("rights.withdraw_title")
        explanation: qsTrId("rights.withdraw_detail")
        yes: qsTrId("rights.withdraw_yes")
        no: qsTrId("rights.withdraw_no")
        icon: "door-exit"
        onConfirmed: model.withdraw(root.purpose)
    }
}
