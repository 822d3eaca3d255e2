pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One's own letters, and what can be done about each.
RowCard {
    id: root

    // LetterRow each.
    required property var letters
    required property bool busy

    signal again(string reference)
    signal ending(var letter)

    Repeater {
        model: root.letters

        ListRow {
            id: row

            required property int index
            required property LetterRow modelData

            objectName: `letters.letter.${index}`
            text: modelData.to
            detail: modelData.detail
            last: index === root.letters.length - 1

            QuietButton {
                objectName: `letters.again.${row.index}`
                visible: row.modelData.inForce
                enabled: !root.busy
                icon: "printer"
                text: qsTrId("letters.again")
                onClicked: root.again(row.modelData.reference)
            }

            QuietButton {
                objectName: `letters.end.${row.index}`
                visible: row.modelData.inForce
                enabled: !root.busy
                icon: row.modelData.fresh ? "arrow-back-up" : "x"
                text: row.modelData.fresh ? qsTrId("letters.take_back") : qsTrId("letters.end")
                onClicked: root.ending(row.modelData)
            }
        }
    }
}
