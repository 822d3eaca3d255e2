pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// What one agreed to, with the text; two taps withdraw it, and two give it.
Page {
    id: root

    // The text that one agrees to is open.
    property bool reading: false
    readonly property var sentences: model.sentences

    title: qsTrId("my_record.rights")

    ConsentsModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "consents.done"
        visible: text !== ""
        icon: "circle-check"
        text: model.done
        onTextChanged: root.scrollUp()
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.consents.length > 0

        Repeater {
            model: model.consents

            ListRow {
                id: consent

                required property int index
                required property ConsentRow modelData

                text: modelData.title
                aside: modelData.when
                detail: modelData.detail
                last: index === model.consents.length - 1
                leading: AppIcon {
                    name: consent.modelData.given ? "circle-check" : "minus"
                    colour: consent.modelData.given ? Theme.colour.tea : Theme.colour.inkSoft
                    size: Math.round(1.3 * Theme.large)
                }

                AppText {
                    width: Math.min(Math.ceil(implicitWidth), consent.within)
                    visible: consent.modelData.atDesk
                    text: qsTrId("rights.number_at_desk")
                    color: Theme.colour.inkSoft
                }

                SecondaryButton {
                    objectName: `agree.${consent.modelData.purpose}`
                    width: Math.min(implicitWidth, consent.within)
                    visible: consent.modelData.mayAgree
                    icon: "check"
                    text: qsTrId("rights.agree")
                    onClicked: {
                        model.about(consent.modelData.purpose);
                        agreeing.open();
                    }
                }

                SecondaryButton {
                    objectName: `withdraw.${consent.modelData.purpose}`
                    width: Math.min(implicitWidth, consent.within)
                    visible: consent.modelData.given
                    text: qsTrId("rights.withdraw")
                    onClicked: {
                        model.about(consent.modelData.purpose);
                        withdrawing.open();
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

    SecondaryButton {
        objectName: "consents.read"
        Layout.maximumWidth: root.room
        visible: model.consents.length > 0
        icon: root.reading ? "chevron-up" : "file-text"
        text: root.reading ? qsTrId("rights.text_close") : qsTrId("rights.text_open")
        onClicked: {
            root.reading = !root.reading;
            if (root.reading)
                root.hold(words);
        }
    }

    Card {
        id: words

        objectName: "consents.text"
        Layout.fillWidth: true
        visible: root.reading

        Title {
            Layout.fillWidth: true
            text: qsTrId("rights.consent_title")
        }

        Repeater {
            model: root.sentences

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }

        QuietButton {
            objectName: "consents.aloud"
            visible: root.kiosk.reader.there
            icon: "volume"
            text: qsTrId("shell.read_aloud")
            onClicked: root.kiosk.reader.read(words)
        }
    }

    ConfirmDialog {
        id: withdrawing

        question: model.question
        explanation: model.follows
        yes: qsTrId("rights.withdraw_yes")
        no: qsTrId("rights.withdraw_no")
        icon: "door-exit"
        onConfirmed: model.withdraw()
    }

    ConfirmDialog {
        id: agreeing

        question: model.question
        explanation: model.follows
        yes: qsTrId("rights.agree_yes")
        no: qsTrId("rights.agree_no")
        icon: "circle-check"
        onConfirmed: model.agree()
    }
}
