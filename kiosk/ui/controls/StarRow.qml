pragma ComponentBehavior: Bound

import QtQuick

// Stars out of five; `spoken` says the same in words.
Row {
    id: root

    required property int stars
    required property string spoken
    property int outOf: 5
    property int size: Math.round(1.3 * Theme.large)

    spacing: Math.round(0.15 * size)
    Accessible.role: Accessible.StaticText
    Accessible.name: root.spoken

    Repeater {
        model: root.outOf

        AppIcon {
            required property int index

            name: index < root.stars ? "star-filled" : "star"
            colour: index < root.stars ? Theme.colour.star : Theme.colour.edge
            size: root.size
        }
    }
}
