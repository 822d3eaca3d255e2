pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// Who, or which place, was written down so far.
RowCard {
    id: root

    // ListedRow each.
    required property var rows
    // Whether one of them can be typed once more.
    property bool rights: false
    property bool busy: false

    signal putRight(int place)
    signal takenAway(int place)

    Repeater {
        model: root.rows

        ListRow {
            id: row

            required property int index
            required property ListedRow modelData

            objectName: `found.row.${index}`
            text: modelData.text
            detail: modelData.detail
            last: index === root.rows.length - 1

            QuietButton {
                objectName: `found.right.${row.index}`
                visible: root.rights
                enabled: !root.busy
                icon: "pencil"
                text: qsTrId("founding.put_right")
                onClicked: root.putRight(row.index)
            }

            QuietButton {
                objectName: `found.away.${row.index}`
                enabled: !root.busy
                icon: "x"
                text: qsTrId("founding.take_away")
                onClicked: root.takenAway(row.index)
            }
        }
    }
}
