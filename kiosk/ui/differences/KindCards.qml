pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// Kinds with how many wait, files on a stick, or people: a tap opens one.
RowCard {
    id: root

    // DifferingRow each.
    required property var rows
    required property string named

    signal chosen(string key)

    Repeater {
        model: root.rows

        ListRow {
            id: row

            required property int index
            required property DifferingRow modelData

            objectName: `${root.named}.${row.index}`
            text: row.modelData.text
            aside: row.modelData.aside
            detail: row.modelData.detail
            tappable: true
            last: row.index === root.rows.length - 1
            leading: AppIcon {
                visible: row.modelData.icon !== ""
                name: row.modelData.icon || "user"
                colour: Theme.colour.tea
                size: Math.round(1.3 * Theme.large)
            }
            onClicked: root.chosen(row.modelData.key)
        }
    }
}
