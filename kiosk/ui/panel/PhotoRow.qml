pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// The photographs of a case; a tap shows one large.
Flow {
    id: root

    required property var photos

    signal opened(string photo)

    spacing: Theme.gap

    Repeater {
        model: root.photos

        Tappable {
            id: photo

            required property int index
            required property string modelData

            objectName: `panel.photo.${index}`
            width: Math.round(52 * Theme.mm)
            height: Math.round(39 * Theme.mm)
            spoken: qsTrId("panel.photo").arg(index + 1)
            Accessible.role: Accessible.Button
            Accessible.name: photo.spoken
            onClicked: root.opened(modelData)

            Rectangle {
                anchors.fill: parent
                radius: Theme.radiusSmall
                color: Theme.colour.paper
                border.width: Theme.hairline
                border.color: Theme.colour.edge
            }

            Image {
                anchors.fill: parent
                anchors.margins: Theme.hairline
                source: photo.modelData
                sourceSize.width: 2 * parent.width
                cache: false
                asynchronous: true
                mipmap: true
                fillMode: Image.PreserveAspectFit
                Accessible.ignored: true
            }
        }
    }
}
