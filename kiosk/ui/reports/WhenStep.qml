pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The day, and about what time.
ColumnLayout {
    id: root

    required property ReportModel form
    required property bool wide
    property bool open: form.earlier

    spacing: Math.round(1.6 * Theme.gap)

    Item {
        Layout.fillHeight: true
        Layout.maximumHeight: Math.round(30 * Theme.mm)
        visible: !root.open
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: !root.open
        Layout.maximumHeight: Math.max(implicitHeight, Math.round(75 * Theme.mm))
        narrowest: 66
        most: width > 4 * wanted + 3 * columnSpacing ? 4 : 2

        Repeater {
            model: root.form.quickDays

            Tile {
                required property int index
                required property var modelData

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
                settle: 0
                onClicked: {
                    root.open = false;
                    root.form.chooseDay(modelData.iso);
                }
            }
        }

        Tile {
            objectName: "report.earlier"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: true
            icon: checked ? "circle-check" : root.open ? "chevron-up" : "calendar"
            text: qsTrId("report_screen.earlier")
            detail: qsTrId("report_screen.earlier_detail")
            checked: root.form.earlier
            onClicked: root.open = !root.open
        }
    }

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: !root.open
        Layout.maximumHeight: root.open ? implicitHeight : Math.max(implicitHeight, Math.round(45 * Theme.mm))
        columns: root.wide && root.open ? 2 : 1
        columnSpacing: Theme.pad
        rowSpacing: Math.round(1.6 * Theme.gap)

        DayGrid {
            Layout.fillWidth: true
            Layout.preferredWidth: 26
            visible: root.open
            weekdays: root.form.weekdays
            days: root.form.days
            onChosen: iso => root.form.chooseDay(iso)
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 10
            spacing: Theme.gap

            AppText {
                Layout.fillWidth: true
                Layout.topMargin: Theme.gap
                text: qsTrId("report_screen.part")
                font.pixelSize: Theme.large
                font.bold: true
            }

            TileGrid {
                Layout.fillWidth: true
                Layout.fillHeight: true
                narrowest: 48
                most: root.wide && root.open ? 1 : 3

                Repeater {
                    model: root.form.parts

                    Tile {
                        required property var modelData

                        objectName: `report.part.${modelData.part}`
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.minimumHeight: implicitHeight
                        beside: true
                        role: Accessible.RadioButton
                        icon: checked ? "circle-check" : modelData.icon
                        text: modelData.name
                        checked: modelData.chosen
                        settle: 0
                        onClicked: root.form.choosePart(modelData.part)
                    }
                }
            }
        }
    }

    Item {
        Layout.fillHeight: true
    }
}
