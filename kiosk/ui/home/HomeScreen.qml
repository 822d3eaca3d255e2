pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The start: six things to choose from, the scanner, and today.
Page {
    id: root

    component Door: QtObject {
        required property string name
        property bool own: false
        required property string icon
        property string tone: "plain"
        required property string screen
        property string kind
        required property string title
        required property string detail
    }

    readonly property list<Door> doors: [
        Door {
            name: "my_record"
            own: true
            icon: "notebook"
            tone: "tea"
            screen: "my_record"
            title: qsTrId("home.my_record")
            detail: qsTrId("home.my_record_detail")
        },
        Door {
            name: "good_deed"
            own: true
            icon: "heart-handshake"
            tone: "gold"
            screen: "reports"
            kind: "good"
            title: qsTrId("home.good_deed")
            detail: qsTrId("home.good_deed_detail")
        },
        Door {
            name: "concern"
            own: true
            icon: "message-report"
            screen: "reports"
            kind: "concern"
            title: qsTrId("home.concern")
            detail: qsTrId("home.concern_detail")
        },
        Door {
            name: "look_up"
            icon: "search"
            screen: "look_up"
            title: qsTrId("home.look_up")
            detail: qsTrId("home.look_up_detail")
        },
        Door {
            name: "check"
            icon: "qrcode"
            screen: "check"
            title: qsTrId("home.check")
            detail: qsTrId("home.check_detail")
        },
        Door {
            name: "rules"
            icon: "info-circle"
            screen: "rules"
            // Whoever stands before the hall's screen learns here that the rules are to change.
            title: model.changing === "" ? qsTrId("home.rules") : qsTrId("home.rules_changing")
            detail: model.changing === "" ? qsTrId("home.rules_detail") : model.changing
        }
    ]

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

    function begin() {
        kiosk.open("first");
    }

    function goOn() {
        kiosk.open("founded");
    }

    title: qsTrId("home.title").arg(kiosk.villageName)
    filling: true
    shape: 1.5
    Accessible.name: root.title

    HomeModel {
        id: model

        kiosk: root.kiosk
        onNoVillage: Qt.callLater(root.begin)
        onFoundingLeft: Qt.callLater(root.goOn)
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
            model: root.doors

            Tile {
                required property Door modelData

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
                onClicked: modelData.own ? root.go(modelData.screen, modelData.kind === "" ? {} : {
                    "kind": modelData.kind
                }, false) : root.kiosk.open(modelData.screen)
            }
        }
    }

    GridLayout {
        id: footer

        readonly property bool narrow: today.implicitWidth + ways.line + Theme.pad > root.room

        Layout.fillWidth: true
        columns: narrow ? 1 : 2
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        AppText {
            id: today

            objectName: "today"
            Layout.fillWidth: true
            text: root.low && model.demo !== "" ? model.demo : root.low || model.round === "" ? qsTrId("home.today_and_season").arg(model.today).arg(model.season) : qsTrId("home.today_and_round").arg(model.today).arg(model.season).arg(model.round)
            font.pixelSize: root.low ? Theme.small : Theme.body
            color: Theme.colour.inkSoft
        }

        Flow {
            id: ways

            // In one line where that fits.
            readonly property real line: thank.implicitWidth + board.implicitWidth + calendar.implicitWidth + staff.implicitWidth + 3 * spacing

            Layout.fillWidth: footer.narrow
            Layout.preferredWidth: Math.min(line, root.room)
            spacing: Theme.pad

            QuietButton {
                id: thank

                objectName: "thanks"
                icon: "heart-handshake"
                size: Theme.small
                text: qsTrId("home.thanks")
                onClicked: root.go("thanks", {}, false)
            }

            QuietButton {
                id: board

                objectName: "board"
                icon: "building-community"
                size: Theme.small
                text: qsTrId("home.board")
                onClicked: root.kiosk.open("board")
            }

            QuietButton {
                id: calendar

                objectName: "calendar"
                icon: "calendar"
                size: Theme.small
                text: qsTrId("home.calendar")
                onClicked: root.kiosk.open("calendar")
            }

            QuietButton {
                id: staff

                objectName: "staff"
                icon: "id-badge-2"
                size: Theme.small
                text: qsTrId("home.staff")
                onClicked: root.go("staff", {}, true)
            }
        }
    }
}
