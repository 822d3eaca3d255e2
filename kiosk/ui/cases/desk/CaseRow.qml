pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One case of the queue: what, where it stands, and whose it is to decide.
ListRow {
    id: root

    required property QueueRow line

    signal comingBack

    text: line.title
    aside: line.reference
    detail: [line.state, line.why].filter(part => part !== "").join("\n")
    tappable: line.opens
    spoken: qsTrId("desk_screen.row_spoken", Math.abs(line.points)).arg(line.title).arg(line.points).arg(line.reference).arg(line.state).arg(line.mine ? qsTrId("desk_screen.yours") : line.why)
    leading: PointsBadge {
        points: root.line.points
    }

    Chip {
        visible: root.line.mine
        tone: "tea"
        icon: "gavel"
        text: qsTrId("desk_screen.yours")
    }

    QuietButton {
        objectName: `${root.objectName}.back`
        visible: root.line.back
        icon: "rotate-2"
        text: qsTrId("desk_screen.come_back")
        onClicked: root.comingBack()
    }
}
