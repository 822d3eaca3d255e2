pragma ComponentBehavior: Bound

import QtQuick

// Over a screen that waits for an answer: takes no taps, and says so when it lasts.
Item {
    id: root

    objectName: "busy"

    required property bool busy
    required property string text
    property bool long: false

    anchors.fill: parent
    visible: busy
    z: 40
    onBusyChanged: {
        if (busy)
            return;
        long = false;
        TapClock.answered();
    }
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Timer {
        interval: 300
        running: root.busy
        onTriggered: root.long = true
    }

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        anchors.centerIn: parent
        width: Math.min(words.implicitWidth + 3 * Theme.pad, parent.width - 2 * Theme.margin)
        height: words.height + 2 * Theme.pad
        visible: root.long
        radius: Theme.radius
        color: Theme.colour.card
        border.width: Theme.stroke
        border.color: Theme.colour.tea

        AppText {
            id: words

            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width - 2 * Theme.pad)
            text: root.text
            font.pixelSize: Theme.large
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
