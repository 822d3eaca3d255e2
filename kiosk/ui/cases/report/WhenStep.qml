pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts

// The day: one of the last three, or one of the calendar, which stands in their place.
ColumnLayout {
    id: root

    required property ReportModel form
    property bool open: form.earlier

    spacing: Math.round(1.6 * Theme.gap)

    Item {
        Layout.fillHeight: true
        Layout.maximumHeight: Math.round(30 * Theme.mm)
        visible: !root.open
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: Math.max(implicitHeight, Math.round(75 * Theme.mm))
        visible: !root.open
        narrowest: 66
        most: width > 4 * wanted + 3 * columnSpacing ? 4 : 2

        Repeater {
            model: root.form.quickDays

            Tile {
                required property int index
                required property QuickDayRow modelData

                objectName: `report.quick.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: true
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : "calendar-event"
                text: modelData.name
                detail: modelData.day
                checked: modelData.chosen
                onClicked: root.form.chooseDay(modelData.iso)
            }
        }

        Tile {
            objectName: "report.earlier"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            icon: "calendar"
            text: qsTrId("report_screen.earlier")
            detail: qsTrId("report_screen.earlier_detail")
            onClicked: root.open = true
        }
    }

    DayGrid {
        Layout.fillWidth: true
        visible: root.open
        named: "report"
        weekdays: root.form.weekdays
        days: root.form.days
        onChosen: iso => root.form.chooseDay(iso)
    }

    QuietButton {
        objectName: "report.recent"
        Layout.alignment: Qt.AlignHCenter
        Layout.maximumWidth: root.width
        visible: root.open
        icon: "calendar-event"
        text: qsTrId("report_screen.recent")
        onClicked: root.open = false
    }

    Item {
        Layout.fillHeight: true
    }
}
