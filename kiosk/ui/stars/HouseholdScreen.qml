pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// One's own household: its stars and why, agree, a new look, an appeal, and looking at it oneself.
Page {
    id: root

    // The dimension whose items are open.
    property string chosen

    title: model.house === "" ? qsTrId("rounds.household_title") : qsTrId("rounds.household_of").arg(model.house)

    HouseholdModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "household.state"
        visible: model.there && model.detail !== ""
        tone: model.mayAgree ? "voice" : "tea"
        icon: "home-star"
        heading: model.state
        text: model.detail
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ColumnLayout {
                id: dimension

                required property int index
                required property HouseholdDimensionRow modelData
                readonly property bool opened: root.chosen === modelData.key && modelData.items.length > 0

                Layout.fillWidth: true
                spacing: 0

                ListRow {
                    id: row

                    objectName: `household.${dimension.modelData.key}`
                    Layout.fillWidth: true
                    text: dimension.modelData.name
                    detail: dimension.modelData.quarter
                    tappable: dimension.modelData.items.length > 0
                    last: dimension.index === model.rows.length - 1 && !dimension.opened
                    leading: AppIcon {
                        name: dimension.modelData.icon
                        colour: Theme.colour.tea
                        size: Math.round(1.3 * Theme.large)
                    }
                    onClicked: if (tappable)
                        root.chosen = dimension.opened ? "" : dimension.modelData.key

                    StarRow {
                        visible: stars > 0 // what is not rated is not low, and shows no empty stars
                        stars: dimension.modelData.stars
                        spoken: dimension.modelData.spoken
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    Layout.leftMargin: row.inset
                    Layout.rightMargin: row.inset
                    Layout.bottomMargin: Theme.gap
                    visible: dimension.opened && text !== ""
                    text: dimension.modelData.detail
                    color: Theme.colour.tea
                    font.bold: true
                }

                Repeater {
                    model: dimension.opened ? dimension.modelData.items : []

                    ListRow {
                        id: item

                        required property SeenItemRow modelData
                        // The row goes with the dimension, a turn before what looks at it.
                        readonly property string icon: modelData ? modelData.icon : ""
                        readonly property bool good: modelData !== null && modelData.good

                        Layout.fillWidth: true
                        text: modelData ? modelData.text : ""
                        detail: modelData ? modelData.said : ""
                        leading: AppIcon {
                            name: item.icon
                            colour: item.good ? Theme.colour.tea : Theme.colour.care
                            size: Math.round(1.3 * Theme.large)
                        }
                    }
                }
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: model.looked
        color: Theme.colour.inkSoft
    }

    TileGrid {
        Layout.fillWidth: true
        visible: model.there
        narrowest: 70
        most: 2

        SecondaryButton {
            objectName: "household.again"
            Layout.fillWidth: true
            visible: model.mayAsk
            enabled: !model.busy
            icon: "rotate-2"
            text: qsTrId("rounds.again")
            onClicked: model.askAgain()
        }

        SecondaryButton {
            objectName: "household.appeal"
            Layout.fillWidth: true
            visible: model.mayAppeal
            enabled: !model.busy
            icon: "scale"
            text: qsTrId("rounds.appeal")
            onClicked: appealing.open()
        }

        SecondaryButton {
            objectName: "household.look"
            Layout.fillWidth: true
            visible: model.mayLook
            enabled: !model.busy
            icon: "eye"
            text: qsTrId("rounds.look_ourselves")
            onClicked: root.kiosk.open("visits", {
                "ownVisit": model.visit
            })
        }

    }

    Notice {
        objectName: "household.sign"
        visible: model.there && model.sign !== ""
        icon: "home-star"
        heading: qsTrId("rounds.our_sign")
        text: model.sign
    }

    SecondaryButton {
        objectName: "household.sign_on"
        Layout.maximumWidth: root.room
        visible: model.mayHaveSign
        enabled: !model.busy
        icon: "check"
        text: qsTrId("rounds.sign_on")
        onClicked: wanting.open()
    }

    SecondaryButton {
        objectName: "household.sign_off"
        Layout.maximumWidth: root.room
        visible: model.agreedToSign
        enabled: !model.busy
        icon: "x"
        text: qsTrId("rounds.sign_off")
        onClicked: leaving.open()
    }

    foot: PrimaryButton {
        objectName: "household.agree"
        Layout.fillWidth: true
        visible: model.mayAgree
        enabled: !model.busy
        icon: "check"
        text: qsTrId("rounds.agree")
        onClicked: model.agree()
    }

    ConfirmDialog {
        id: appealing

        question: qsTrId("rounds.appeal_question")
        explanation: qsTrId("rounds.appeal_explanation")
        yes: qsTrId("rounds.appeal_yes")
        no: qsTrId("rounds.appeal_no")
        icon: "scale"
        onConfirmed: model.appeal()
    }

    ConfirmDialog {
        id: wanting

        question: qsTrId("rounds.sign_on_question")
        explanation: qsTrId("rights.purpose_household_sign_detail")
        yes: qsTrId("rights.agree_yes")
        no: qsTrId("rights.agree_no")
        icon: "home-star"
        onConfirmed: model.signOn()
    }

    ConfirmDialog {
        id: leaving

        question: qsTrId("rounds.sign_off_question")
        explanation: qsTrId("rounds.sign_off_explanation")
        yes: qsTrId("rounds.sign_off_yes")
        no: qsTrId("rounds.sign_off_no")
        icon: "home-star"
        onConfirmed: model.signOff()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
