pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A card of ListRows, from edge to edge, with a line between them.
Rectangle {
    id: root

    default property alias content: column.data

    implicitHeight: column.implicitHeight + 2 * Theme.hairline
    radius: Theme.radius
    color: Theme.colour.card
    border.width: Theme.hairline
    border.color: Theme.colour.line
    Accessible.role: Accessible.List
    Accessible.name: ""

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.hairline
        spacing: 0
    }
}
