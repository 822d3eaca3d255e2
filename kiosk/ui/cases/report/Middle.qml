pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// Keeps a few large choices in the middle of the screen, no taller than reads well.
ColumnLayout {
    id: root

    default property alias content: column.data
    property int tallest: 0

    spacing: 0

    Item {
        Layout.fillHeight: true
        Layout.verticalStretchFactor: 1
    }

    ColumnLayout {
        id: column

        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.verticalStretchFactor: 100
        Layout.maximumHeight: Math.max(implicitHeight, root.tallest)
    }

    Item {
        Layout.fillHeight: true
        Layout.verticalStretchFactor: 1
    }
}
