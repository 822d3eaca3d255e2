pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// The photographs of a case; a tap shows one large.
Flow {
    id: root

    required property list<string> photos

    signal opened(string photo)

    spacing: Theme.gap

    Repeater {
        model: root.photos

        PhotoTile {
            required property int index
            required property string modelData

            objectName: `panel.photo.${index}`
            width: Math.min(implicitWidth, root.width)
            address: modelData
            spoken: qsTrId("panel.photo").arg(index + 1)
            onClicked: root.opened(modelData)
        }
    }
}
