pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// What would you like to do? The works that one's offices allow, as large tiles.
Page {
    id: root

    readonly property int most: width > height && model.works.length > 4 ? 3 : 2
    readonly property int rows: Math.ceil(model.works.length / most)
    // Pictures stand beside their words where the tiles would not all be in sight.
    readonly property bool low: free < (25 + 65 * rows + 12 * Theme.textStep) * Theme.mm

    function tendMachine() {
        kiosk.replace("machine");
    }

    title: qsTrId("staff.title")
    filling: true

    StaffModel {
        id: model

        kiosk: root.kiosk
        onOnlyKeeps: Qt.callLater(root.tendMachine)
    }

    EmptyState {
        visible: !root.kiosk.official
        icon: "id"
        text: qsTrId("staff.officials_only")
        detail: qsTrId("staff.officials_only_detail")
    }

    PrimaryButton {
        objectName: "staff.sign_in"
        Layout.alignment: Qt.AlignHCenter
        visible: !root.kiosk.official
        text: qsTrId("staff.sign_in")
        onClicked: root.kiosk.replace("sign_in", {
            "official": true,
            "then": "staff"
        })
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "staff.disowned"
        visible: model.disowned !== ""
        tone: "gold"
        icon: "id"
        heading: qsTrId("staff.disowned")
        text: qsTrId("staff.disowned_detail").arg(model.disowned)
    }

    Notice {
        objectName: "staff.cards_issued"
        visible: model.cardsIssued !== ""
        tone: "gold"
        icon: "id"
        heading: qsTrId("machine.cards_heading")
        text: model.cardsIssued
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: Math.max(implicitHeight, Math.round((root.width > root.height ? 150 : 210) * Theme.mm * (1 + 0.15 * Theme.textStep)))
        visible: root.kiosk.official
        most: root.most

        Repeater {
            // The number alone, so that a tile stays when it is said how much waits behind it.
            model: model.works.length

            Tile {
                required property int index
                readonly property WorkRow work: model.works[index]

                objectName: `staff.${work.screen}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: root.low
                icon: work.icon
                tone: index === 0 ? "tea" : "plain"
                text: work.title
                detail: work.detail
                mark: work.waits
                onClicked: root.kiosk.open(work.screen)
            }
        }
    }

    Notice {
        visible: root.kiosk.official
        tone: "voice"
        icon: "eye"
        text: qsTrId("staff.seen")
    }
}
