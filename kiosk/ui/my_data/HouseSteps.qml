pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The house of a correction, one decision at a time: what is wrong, the right one, what changes.
ColumnLayout {
    id: root

    component Way: QtObject {
        required property string step
        required property string icon
        required property string text
        required property string detail
    }

    readonly property list<Way> ways: [
        Way {
            step: "find"
            icon: "users"
            text: qsTrId("corrections.how_move")
            detail: qsTrId("corrections.how_move_detail")
        },
        Way {
            step: "plate"
            icon: "home"
            text: qsTrId("corrections.how_plate")
            detail: qsTrId("corrections.how_plate_detail")
        },
        Way {
            step: "wait"
            icon: "calendar-time"
            text: qsTrId("corrections.how_wait")
            detail: qsTrId("corrections.how_wait_detail")
        }
    ]

    required property Kiosk kiosk
    required property CorrectionsModel desk
    required property HouseModel house
    property alias plate: written.text
    readonly property bool plated: written.typed.trim() !== ""

    function clear() {
        written.clear();
        find.clear();
    }

    spacing: Theme.pad

    ErrorBanner {
        text: root.house.error
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: root.desk.step === "how"
        narrowest: 90
        most: 1

        Repeater {
            model: root.ways

            Tile {
                required property Way modelData

                objectName: `corrections.how.${modelData.step}`
                Layout.fillWidth: true
                beside: true
                icon: modelData.icon
                text: modelData.text
                detail: modelData.detail
                onClicked: root.desk.goTo(modelData.step)
            }
        }
    }

    FindHousehold {
        id: find

        Layout.fillWidth: true
        visible: root.desk.step === "find"
        kiosk: root.kiosk
        prefix: "corrections."
        nobodyDetail: qsTrId("corrections.not_there")
        onChosen: id => root.house.belongsTo(root.desk.request, id)
    }

    AppText {
        Layout.fillWidth: true
        visible: root.desk.step === "plate"
        text: qsTrId("corrections.plate_now").arg(root.desk.page.held)
        font.pixelSize: Theme.large
    }

    TextEntry {
        id: written

        objectName: "corrections.plate"
        Layout.fillWidth: true
        visible: root.desk.step === "plate"
        longest: 60
        label: qsTrId("corrections.plate")
        hint: qsTrId("corrections.hint_plate")
        icon: "home"
    }

    Card {
        objectName: "corrections.change"
        Layout.fillWidth: true
        visible: root.desk.step === "note"
        spacing: Theme.gap

        AppText {
            Layout.fillWidth: true
            text: qsTrId("corrections.change")
            font.bold: true
            font.pixelSize: Theme.large
        }

        Repeater {
            model: root.house.lines

            AppText {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
            }
        }
    }
}
