pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window

// What can be tapped: shows the press at once, gives up after a drag of 30 px, answers one tap once,
// and none before a person can have read it (`TapClock`).
Item {
    id: root

    property string text
    property string spoken: text
    property int role: Accessible.Button
    property bool checked: false
    // Milliseconds in which a second tap is taken for a trembling hand.
    property int settle: 300
    // Pixels at the upper and lower end that take no tap: neighbours are to be 2.54 mm apart.
    property int spare: 0
    property int spareAbove: spare
    // An answer with consequences: it never takes a tap where the page before had its button.
    property bool weighty: false
    readonly property bool down: touch.held || keyHeld
    property bool keyHeld: false

    // When it came to be where it is, with what it says; and when it last took a tap.
    property real appeared: 0
    property real taken: -1
    // Where it stands on what scrolls it, or in the window.
    property point stood: TapClock.nowhere
    property Item carrier: null

    signal clicked

    function tap() {
        tapAt(TapClock.nowhere);
    }
    function tapAt(place: point) {
        if (!enabled || !awake())
            return;
        taken = TapClock.now();
        TapClock.tapped(place);
        clicked();
    }
    function awake(): bool {
        return TapClock.ready(appeared) && (taken < 0 || TapClock.over(taken, settle)) && !crowded();
    }
    function appear() {
        appeared = TapClock.now();
    }
    // Whether the tap that led here was where this one stands now.
    function crowded(): bool {
        const news = Math.max(appeared, TapClock.turned);
        if (!weighty || TapClock.spot.x < 0 || TapClock.spotAt > news || TapClock.over(news, 4 * TapClock.rest))
            return false;
        return contains(mapFromItem(null, TapClock.spot));
    }
    // Something that moved is as new as something that appeared; what a finger scrolls is not.
    function look() {
        const first = carrier === null;
        if (first)
            carrier = findCarrier();
        const place = root.mapToItem(carrier, 0, 0);
        if (!first && Math.abs(place.x - stood.x) < Theme.gap && Math.abs(place.y - stood.y) < Theme.gap)
            return;
        stood = place;
        if (!first)
            appear();
    }
    function findCarrier(): Item {
        let around = root.parent;
        while (around.parent && !(around.parent instanceof Flickable))
            around = around.parent;
        return around;
    }

    activeFocusOnTab: true
    Accessible.role: root.role
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.tap()
    Component.onCompleted: appear()
    onVisibleChanged: if (visible)
        appear()
    onTextChanged: appear()
    onParentChanged: carrier = null

    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter)
            return;
        event.accepted = true;
        if (!event.isAutoRepeat)
            root.keyHeld = root.awake();
    }
    Keys.onReleased: event => {
        if (!root.keyHeld || event.isAutoRepeat)
            return;
        event.accepted = true;
        root.keyHeld = false;
        root.tap();
    }
    onActiveFocusChanged: if (!activeFocus)
        keyHeld = false

    Connections {
        target: root.visible ? root.Window.window : null

        function onAfterAnimating() {
            root.look();
            if (root.weighty && root.crowded())
                TapClock.crowded(root);
        }
    }

    MouseArea {
        id: touch

        property point origin
        property bool dragged: false
        // The finger came down before anybody can have read what is under it.
        property bool early: false
        readonly property bool held: pressed && containsMouse && !dragged && !early

        objectName: "touch"
        anchors.fill: parent
        anchors.topMargin: root.spareAbove
        anchors.bottomMargin: root.spare
        onPressed: mouse => {
            dragged = false;
            early = !root.awake();
            origin = Qt.point(mouse.x, mouse.y);
        }
        onPositionChanged: mouse => {
            if (Math.hypot(mouse.x - origin.x, mouse.y - origin.y) >= Theme.cancelDistance)
                dragged = true;
        }
        onClicked: mouse => {
            if (!dragged && !early)
                root.tapAt(touch.mapToItem(null, mouse.x, mouse.y));
        }
    }
}
