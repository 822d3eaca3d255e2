pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// A rounded sheet on the paper; what is put into it stands in one column.
Rectangle {
    id: root

    default property alias content: column.data
    property alias spacing: column.spacing
    property int padding: Math.round(1.3 * Theme.pad)

    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radius
    color: Theme.colour.card
    border.width: Theme.hairline
    border.color: Theme.colour.line
    Accessible.ignored: true

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: root.padding
        spacing: Theme.gap
    }
}
