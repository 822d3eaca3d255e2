pragma ComponentBehavior: Bound

import QtQuick

// What can be tapped: shows the press at once, gives up after a drag of 30 px, answers one tap once.
Item {
    id: root

    property string text
    property string spoken: text
    property int role: Accessible.Button
    property bool checked: false
    // Milliseconds in which a second tap is taken for a trembling hand.
    property int settle: 300
    readonly property bool down: touch.held || keyHeld
    property bool keyHeld: false

    signal clicked

    function tap() {
        if (!enabled || resting.running)
            return;
        if (settle > 0)
            resting.restart();
        InputMethod.commit();
        clicked();
    }

    activeFocusOnTab: true
    Accessible.role: root.role
    Accessible.name: root.spoken
    Accessible.focusable: true
    Accessible.checked: root.checked
    Accessible.onPressAction: root.tap()

    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter)
            return;
        event.accepted = true;
        root.keyHeld = true;
    }
    Keys.onReleased: event => {
        if (!root.keyHeld)
            return;
        event.accepted = true;
        root.keyHeld = false;
        root.tap();
    }
    onActiveFocusChanged: if (!activeFocus)
        keyHeld = false

    Timer {
        id: resting

        interval: root.settle
    }

    MouseArea {
        id: touch

        property point origin
        property bool dragged: false
        readonly property bool held: pressed && containsMouse && !dragged

        anchors.fill: parent
        onPressed: mouse => {
            dragged = false;
            origin = Qt.point(mouse.x, mouse.y);
        }
        onPositionChanged: mouse => {
            if (Math.hypot(mouse.x - origin.x, mouse.y - origin.y) >= Theme.cancelDistance)
                dragged = true;
        }
        onClicked: if (!dragged)
            root.tap()
    }
}
