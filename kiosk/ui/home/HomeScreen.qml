pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The start: six things to choose from, the scanner, and today.
Page {
    id: root

    // All six tiles are to be in sight: pictures beside the words, and then no second line.
    readonly property bool low: height > 0 && !upright && free < (215 + 10 * Theme.textStep) * Theme.mm
    readonly property bool lower: low && free < (150 + 20 * Theme.textStep) * Theme.mm

    // Where a person must be known, the sign-in comes first and then leads on.
    function go(screen: string, properties: var, official: bool) {
        if (kiosk.signedIn && (kiosk.official || !official))
            kiosk.open(screen, properties);
        else
            kiosk.open("sign_in", {
                "then": screen,
                "thenWith": properties,
                "official": official
            });
    }

    title: qsTrId("home.title").arg(kiosk.villageName)
    filling: true
    shape: 1.5
    Accessible.name: root.title

    HomeModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "demo"
        visible: text !== "" && !root.low
        tone: "gold"
        icon: "flask"
        text: model.demo
    }

    Notice {
        icon: "scan"
        heading: qsTrId("home.scan")
        text: ""
        slim: root.lower
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        most: root.upright ? 2 : 3
        narrowest: root.lower ? 68 : root.low ? (Theme.latin ? 80 : 66) : 58

        Repeater {
            model: [
                { name: "my_record", own: true, icon: "notebook", tone: "tea", screen: "my_record", with: ({}), title: qsTrId("home.my_record"), detail: qsTrId("home.my_record_detail") },
                { name: "good_deed", own: true, icon: "heart-handshake", tone: "gold", screen: "reports", with: ({ kind: "good" }), title: qsTrId("home.good_deed"), detail: qsTrId("home.good_deed_detail") },
                { name: "concern", own: true, icon: "message-report", tone: "plain", screen: "reports", with: ({ kind: "concern" }), title: qsTrId("home.concern"), detail: qsTrId("home.concern_detail") },
                { name: "look_up", own: false, icon: "search", tone: "plain", screen: "look_up", with: ({}), title: qsTrId("home.look_up"), detail: qsTrId("home.look_up_detail") },
                { name: "check", own: false, icon: "qrcode", tone: "plain", screen: "check", with: ({}), title: qsTrId("home.check"), detail: qsTrId("home.check_detail") },
                { name: "rules", own: false, icon: "info-circle", tone: "plain", screen: "rules", with: ({}), title: qsTrId("home.rules"), detail: qsTrId("home.rules_detail") }
            ]

            Tile {
                required property var modelData

                objectName: `tile.${modelData.name}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: root.low
                slim: root.lower
                icon: modelData.icon
                tone: modelData.tone
                text: modelData.title
                detail: root.lower ? "" : modelData.detail
                onClicked: modelData.own ? root.go(modelData.screen, modelData.with, false) : root.kiosk.open(modelData.screen, modelData.with)
            }
        }
    }

    GridLayout {
        id: footer

        readonly property bool narrow: today.implicitWidth + staff.implicitWidth + Theme.pad > root.room

        Layout.fillWidth: true
        columns: narrow ? 1 : 2
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        AppText {
            id: today

            objectName: "today"
            Layout.fillWidth: true
            text: root.low && model.demo !== "" ? model.demo : qsTrId("home.today_and_season").arg(model.today).arg(model.season)
            font.pixelSize: root.low ? Theme.small : Theme.body
            color: Theme.colour.inkSoft
        }

        QuietButton {
            id: staff

            objectName: "staff"
            Layout.maximumWidth: root.room
            icon: "id-badge-2"
            size: Theme.small
            text: qsTrId("home.staff")
            onClicked: root.go("staff", {}, true)
        }
    }
}
