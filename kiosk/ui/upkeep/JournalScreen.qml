pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// What happened to the machine of late, and a code for whoever helps: numbers, and nobody's name.
Page {
    id: root

    readonly property bool beside: room > (150 + 40 * Theme.textStep) * Theme.mm

    title: qsTrId("machine.journal")

    JournalModel {
        id: model

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

    Card {
        Layout.fillWidth: true
        visible: model.picture !== ""

        GridLayout {
            Layout.fillWidth: true
            columns: root.beside ? 2 : 1
            columnSpacing: 2 * Theme.pad
            rowSpacing: Theme.pad

            Image {
                objectName: "journal.code"
                Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
                Layout.preferredWidth: Math.round(60 * Theme.mm)
                Layout.preferredHeight: Math.round(60 * Theme.mm)
                source: model.picture
                sourceSize.width: width
                sourceSize.height: height
                fillMode: Image.PreserveAspectFit
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTrId("machine.help_code")
            }

            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                spacing: Theme.gap

                Title {
                    Layout.fillWidth: true
                    text: qsTrId("machine.help_code")
                }

                AppText {
                    Layout.fillWidth: true
                    text: qsTrId("machine.help_code_detail")
                }

                AppText {
                    objectName: "journal.words"
                    Layout.fillWidth: true
                    text: model.code
                    color: Theme.colour.inkSoft
                    font.pixelSize: Theme.small
                }
            }
        }
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property int index
                required property EventRow modelData

                objectName: `journal.${index}`
                text: modelData.text
                aside: modelData.number
                detail: modelData.moment
                last: index === model.rows.length - 1
            }
        }
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
