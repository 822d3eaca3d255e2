pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// The rules that come with the program; a tap sets a tick or takes it away.
RowCard {
    id: root

    // TickRow each.
    required property var ticks
    // The keys of those that are ticked.
    required property var chosen

    signal ticked(string key)

    Repeater {
        model: root.ticks

        ListRow {
            id: row

            required property int index
            required property TickRow modelData
            readonly property bool begins: root.chosen.includes(modelData.key)

            objectName: `found.rule.${modelData.key}`
            text: modelData.name
            detail: modelData.detail
            tappable: true
            checked: begins
            last: index === root.ticks.length - 1
            leading: AppIcon {
                name: row.modelData.icon
                colour: row.begins ? Theme.colour.tea : Theme.colour.inkSoft
                size: Math.round(1.3 * Theme.large)
            }
            onClicked: root.ticked(modelData.key)

            Chip {
                tone: row.begins ? "tea" : "plain"
                icon: row.begins ? "check" : "minus"
                text: row.begins ? qsTrId("founding.ticked") : qsTrId("founding.unticked")
            }
        }
    }
}
