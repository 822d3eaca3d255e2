pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import kiosk.ui.controls

// The one window: the bar, the screen in sight, the keyboard, and what stands over everything.
Window {
    id: root

    // A card that is made when it is first needed, and stays.
    component Over: Loader {
        required property bool needed

        active: false
        onNeededChanged: if (needed)
            active = true
    }

    required property Kiosk kiosk
    // Where the keyboard's QML stands; empty where there is no on-screen keyboard.
    property url keyboardUrl
    readonly property Page current: stage.item as Page
    readonly property bool loaded: stage.status === Loader.Ready

    function load() {
        stage.setSource(kiosk.screenUrl, Object.assign({
            "kiosk": kiosk
        }, kiosk.screenProperties));
    }

    title: qsTrId("shell.program")
    color: Theme.colour.paper
    Component.onCompleted: load()

    Connections {
        target: root.kiosk

        function onScreenChanged() {
            root.load();
        }

        function onWiped() {
            keyboard.panel?.forget();
        }
    }

    Binding {
        target: Theme
        property: "textStep"
        value: root.kiosk.textStep
    }

    Binding {
        target: Theme
        property: "low"
        value: root.height < 165 * Theme.mm
    }

    Binding {
        target: Theme
        property: "highContrast"
        value: root.kiosk.highContrast
    }

    Binding {
        target: Theme
        property: "latin"
        value: qsTrId("language.script") === "latin"
    }

    Binding {
        target: Theme
        property: "cramped"
        value: bar.inTheWay
    }

    TopBar {
        id: bar

        // Where the keyboard leaves too little room for a field, the bar makes way for it, and the
        // way back stands beside the page.
        readonly property bool inTheWay: keyboard.up && root.height - keyboard.height - implicitHeight < 75 * Theme.mm

        y: inTheWay ? -height : 0
        enabled: !inTheWay
        width: root.width
        kiosk: root.kiosk
        title: root.current?.title ?? ""
        onBackPressed: root.current?.goBack()
        onEndPressed: root.kiosk.finish(root.current?.hasWork() ?? false)
        onReadPressed: root.kiosk.reader.speaking ? root.kiosk.reader.stop() : root.kiosk.reader.read(root.current)
    }

    ReadingBar {
        id: reading

        anchors.top: bar.bottom
        width: root.width
        kiosk: root.kiosk
    }

    SecondaryButton {
        id: wayBack

        objectName: "back"
        x: Theme.gap
        y: Theme.gap
        visible: bar.inTheWay && !root.kiosk.atHome
        icon: "arrow-left"
        text: qsTrId("shell.back")
        onClicked: root.current?.goBack()
    }

    Loader {
        id: stage

        objectName: "stage"
        anchors.top: hint.visible ? hint.bottom : reading.bottom
        anchors.left: wayBack.visible ? wayBack.right : parent.left
        anchors.right: parent.right
        anchors.bottom: keyboard.top
        focus: true
        onStatusChanged: if (status === Loader.Error)
            Qt.callLater(root.kiosk.screenIsBroken)
    }

    Loader {
        id: keyboard

        readonly property Keyboard panel: item as Keyboard
        readonly property bool wanted: root.activeFocusItem as TextEdit !== null
        readonly property bool up: panel?.active ?? false

        width: root.width
        y: root.height - (up ? height : 0)
        z: 60
        function fetch() {
            if (status === Loader.Null && root.keyboardUrl.toString() !== "")
                setSource(root.keyboardUrl);
        }

        onWantedChanged: if (wanted)
            fetch()

        Behavior on y {
            NumberAnimation {
                duration: Theme.brief
                easing.type: Easing.OutCubic
            }
        }
    }

    // It takes the room it needs: what it speaks of is not covered by it.
    Notice {
        id: hint

        objectName: "hint"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: reading.bottom
        anchors.topMargin: Theme.gap
        width: Math.min(root.width - 2 * Theme.margin, Math.round((160 + 30 * Theme.textStep) * Theme.mm))
        visible: text !== ""
        tone: root.kiosk.hintTone
        border.width: Theme.stroke
        border.color: ink
        text: root.kiosk.hint
    }

    // The keyboard is large: it is fetched when the start screen already stands.
    Timer {
        interval: 2000
        running: true
        onTriggered: keyboard.fetch()
    }

    Over {
        needed: root.kiosk.asking !== ""
        sourceComponent: LeavingCard {
            kiosk: root.kiosk
        }
    }

    Over {
        needed: root.kiosk.remaining > 0
        sourceComponent: IdleCard {
            kiosk: root.kiosk
        }
    }

    Over {
        needed: root.kiosk.troubleNumber !== ""
        sourceComponent: Apology {
            kiosk: root.kiosk
        }
    }

    Rectangle {
        anchors.fill: parent
        z: 90
        visible: root.kiosk.resting
        color: Theme.colour.veil
        Accessible.ignored: true
    }

    Loader {
        id: rest

        readonly property url wanted: root.kiosk.restUrl

        objectName: "rest"
        anchors.fill: parent
        z: 91
        onWantedChanged: wanted.toString() === "" ? setSource("") : setSource(wanted, {
            "kiosk": root.kiosk
        })
    }
}
