pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// How far the sheet printer is off: print a test sheet, read its creases, set two numbers.
Page {
    id: root

    component Way: QtObject {
        required property string name
        required property string less
        required property string more
        required property string lessName
        required property string moreName
        required property int right
        required property int down
    }

    readonly property list<Way> ways: [
        Way {
            name: "across"
            less: "arrow-left"
            more: "arrow-right"
            lessName: qsTrId("offset.more_left")
            moreName: qsTrId("offset.more_right")
            right: 1
            down: 0
        },
        Way {
            name: "along"
            less: "chevron-up"
            more: "chevron-down"
            lessName: qsTrId("offset.more_up")
            moreName: qsTrId("offset.more_down")
            right: 0
            down: 1
        }
    ]

    property bool testing: false

    title: testing ? qsTrId("offset.test_title") : qsTrId("offset.title")
    ownBack: testing
    unfinished: !testing && model.altered
    onBackPressed: testing = false

    OffsetModel {
        id: model

        kiosk: root.kiosk
        onTestPrinted: job => {
            paper.follow(job);
            root.testing = true;
            root.scrollUp();
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
        across: 1000
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        visible: !root.testing
        tone: "voice"
        icon: "ruler-measure"
        text: qsTrId("offset.how")
    }

    SecondaryButton {
        objectName: "offset.test"
        Layout.fillWidth: true
        visible: !root.testing && !model.altered
        enabled: !model.busy
        size: Theme.large
        icon: "printer"
        text: qsTrId("offset.test")
        onClicked: model.printTest()
    }

    Repeater {
        model: root.ways

        Card {
            id: card

            required property Way modelData

            Layout.fillWidth: true
            visible: !root.testing
            spacing: Theme.gap

            AppText {
                objectName: `offset.${card.modelData.name}`
                Layout.fillWidth: true
                text: card.modelData.right > 0 ? model.across : model.along
                font.bold: true
                font.pixelSize: Theme.large
            }

            Flow {
                Layout.fillWidth: true
                spacing: Theme.gap

                SecondaryButton {
                    objectName: `offset.less.${card.modelData.name}`
                    width: Math.min(implicitWidth, parent.width)
                    icon: card.modelData.less
                    text: card.modelData.lessName
                    onClicked: model.move(-card.modelData.right, -card.modelData.down)
                }

                SecondaryButton {
                    objectName: `offset.more.${card.modelData.name}`
                    width: Math.min(implicitWidth, parent.width)
                    icon: card.modelData.more
                    text: card.modelData.moreName
                    onClicked: model.move(card.modelData.right, card.modelData.down)
                }
            }
        }
    }

    Notice {
        objectName: "offset.saved"
        visible: !root.testing && model.saved
        tone: "tea"
        icon: "circle-check"
        text: qsTrId("offset.saved")
    }

    PaperProgress {
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: root.testing
        paper: paper
    }

    foot: PrimaryButton {
        objectName: "offset.save"
        Layout.fillWidth: true
        visible: !root.testing
        enabled: !model.busy && model.altered
        icon: "check"
        text: qsTrId("offset.save")
        onClicked: model.save()
    }
}
