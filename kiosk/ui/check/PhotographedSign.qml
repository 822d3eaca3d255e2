pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The sign as it was photographed: its stars are compared with the signed ones by whoever looks.
Card {
    id: root

    required property PhotographModel photograph
    property bool low: false

    AppText {
        Layout.fillWidth: true
        text: qsTrId("check.photo_as_taken")
        color: Theme.colour.inkSoft
    }

    Image {
        objectName: "check.photo_picture"
        Layout.fillWidth: true
        Layout.preferredHeight: Math.round(width * 160.5 / 222)
        source: root.photograph.picture
        cache: false
        mipmap: true
        fillMode: Image.PreserveAspectFit
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTrId("check.photo_as_taken")
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.photograph.several
        font.bold: true
    }

    AppText {
        objectName: "check.photo_only"
        Layout.fillWidth: true
        text: qsTrId("check.photo_only")
        color: Theme.colour.inkSoft
        font.pixelSize: root.low ? Theme.small : Theme.body
    }
}
