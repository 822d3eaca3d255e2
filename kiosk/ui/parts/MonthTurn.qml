pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Which month is shown, and the ways to the one before and the one after, one at a tap however the
// hand trembles.
RowLayout {
    id: root

    // Before the two: the name by which tests find them.
    required property string named
    required property string month

    signal turned(int months)

    spacing: Theme.pad
    onMonthChanged: {
        earlier.appear();
        later.appear();
    }

    IconButton {
        id: earlier

        objectName: `${root.named}.earlier`
        settle: 600
        icon: "arrow-left"
        text: qsTrId("hall.earlier")
        onClicked: root.turned(-1)
    }

    Title {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.month
    }

    IconButton {
        id: later

        objectName: `${root.named}.later`
        settle: 600
        icon: "arrow-right"
        text: qsTrId("hall.later")
        onClicked: root.turned(1)
    }
}
