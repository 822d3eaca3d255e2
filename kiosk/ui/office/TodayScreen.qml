pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// What waits for whoever is signed in, most urgent first; a tap leads to where it is done.
Page {
    id: root

    title: qsTrId("waits.title")

    TodayModel {
        id: model

        kiosk: root.kiosk
        onPrinted: job => {
            paper.follow(job);
            root.scrollUp();
        }
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    ErrorBanner {
        text: model.error
    }

    SecondaryButton {
        objectName: "today.calendar"
        Layout.fillWidth: true
        visible: root.kiosk.official
        icon: "calendar"
        text: qsTrId("waits.calendar")
        onClicked: root.kiosk.open("calendar")
    }

    PaperProgress {
        Layout.fillWidth: true
        visible: paper.following
        paper: paper
        tallest: Math.round(110 * Theme.mm)
    }

    EmptyState {
        objectName: "today.nothing"
        visible: model.there && model.rows.length === 0
        icon: "circle-check"
        text: qsTrId("waits.nothing")
        detail: qsTrId("waits.nothing_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                id: row

                required property int index
                required property WaitingRow modelData

                objectName: `today.${index}`
                text: modelData.title
                aside: modelData.by
                detail: modelData.detail
                tappable: true
                last: index === model.rows.length - 1
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: row.modelData.pressing ? Theme.colour.goldInk : Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
                onClicked: root.kiosk.open(modelData.screen)
            }
        }
    }

    foot: PrimaryButton {
        objectName: "today.print"
        Layout.fillWidth: true
        visible: model.rows.length > 0
        enabled: !model.busy
        icon: "printer"
        text: qsTrId("waits.print")
        onClicked: model.printRound()
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
