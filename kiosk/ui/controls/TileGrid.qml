pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// As many equal columns as the width and the text size allow; every row as tall as its tallest.
GridLayout {
    id: root

    // The narrowest a child may be, in millimetres at the smallest text; grows with the text.
    property real narrowest: 58
    property int most: 3

    readonly property real wanted: narrowest * Theme.mm * (1 + 0.28 * Theme.textStep)

    columns: Math.max(1, Math.min(most, Math.floor((width + columnSpacing) / (wanted + columnSpacing))))
    columnSpacing: Math.round(1.6 * Theme.gap)
    rowSpacing: columnSpacing
    uniformCellWidths: true
    Accessible.ignored: true
}
