pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The cases for which the lot chose whoever is signed in.
Page {
    id: root

    function signInFirst() {
        kiosk.replace("sign_in", {
            "then": "panel"
        });
    }

    title: qsTrId("panel.title")
    filling: true
    Component.onCompleted: if (!kiosk.signedIn)
        Qt.callLater(root.signInFirst)

    PanelModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        visible: model.rows.length > 0
        icon: "users"
        heading: qsTrId("panel.your_part")
        text: qsTrId("panel.your_part_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property PanelRow modelData

                objectName: `panel.case.${index}`
                tappable: true
                text: modelData.title
                aside: modelData.aside
                detail: modelData.detail
                last: index === model.rows.length - 1
                leading: AppIcon {
                    name: row.modelData.voted ? "circle-check" : "scale"
                    colour: Theme.colour.tea
                    size: Math.round(1.4 * Theme.large)
                }
                onClicked: root.kiosk.open("panel_case", {
                    "caseId": modelData.caseId
                })

                Chip {
                    height: Math.max(implicitHeight, Theme.target)
                    tone: row.modelData.voted ? "plain" : "tea"
                    icon: row.modelData.voted ? "check" : "hourglass"
                    text: row.modelData.voted ? qsTrId("panel.voted") : qsTrId("panel.waiting")
                }
            }
        }
    }

    Card {
        objectName: "panel.empty"
        Layout.fillWidth: true
        visible: model.there && model.rows.length === 0

        EmptyState {
            icon: "seedling"
            text: qsTrId("panel.empty")
            detail: qsTrId("panel.empty_detail")
        }
    }

    Item {
        Layout.fillHeight: true
    }

    QuietButton {
        objectName: "panel.fair"
        Layout.maximumWidth: root.room
        visible: model.there
        icon: "home-star"
        text: qsTrId("rounds.fair")
        onClicked: root.kiosk.open("fairness", {})
    }

    QuietButton {
        objectName: "panel.correct"
        Layout.maximumWidth: root.room
        visible: model.corrects
        icon: "pencil"
        text: qsTrId("panel.correct_number")
        onClicked: root.kiosk.open("correction")
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
