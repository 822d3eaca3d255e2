pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The village's calendar: a month, what is on its days, and the same as a poster for the board.
Page {
    id: root

    title: qsTrId("calendar.title")

    CalendarModel {
        id: model

        kiosk: root.kiosk
        onPrinted: job => paper.follow(job)
    }

    PaperModel {
        id: paper

        kiosk: root.kiosk
        across: 1000
    }

    ErrorBanner {
        text: model.error !== "" ? model.error : paper.error
    }

    PaperProgress {
        Layout.fillWidth: true
        visible: paper.following
        paper: paper
        tallest: Math.round(110 * Theme.mm)
    }

    MonthTurn {
        Layout.fillWidth: true
        named: "calendar"
        month: model.month
        onTurned: months => model.turn(months)
    }

    MonthGrid {
        Layout.fillWidth: true
        visible: model.there
        weekdays: model.weekdays
        fields: model.fields
    }

    Notice {
        slim: true
        tone: "voice"
        icon: "info-circle"
        text: qsTrId("calendar.legend")
    }

    EmptyState {
        visible: model.there && model.marks.length === 0
        icon: "calendar"
        text: qsTrId("calendar.nothing")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.marks.length > 0

        Repeater {
            model: model.marks

            ListRow {
                id: row

                required property int index
                required property MarkRow modelData

                objectName: `calendar.${index}`
                text: modelData.days
                detail: modelData.words
                last: index === model.marks.length - 1
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: row.modelData.closed ? Theme.colour.goldInk : Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
            }
        }
    }

    foot: TileGrid {
        Layout.fillWidth: true
        visible: model.there && model.official
        narrowest: 60 + 12 * Theme.textStep
        most: 2

        PrimaryButton {
            objectName: "calendar.print"
            Layout.fillWidth: true
            enabled: !model.busy && !paper.following
            icon: "printer"
            text: qsTrId("calendar.print")
            onClicked: model.printPoster(false)
        }

        SecondaryButton {
            objectName: "calendar.print_large"
            Layout.fillWidth: true
            enabled: !model.busy && !paper.following
            icon: "printer"
            text: qsTrId("calendar.print_large")
            onClicked: model.printPoster(true)
        }
    }
}
