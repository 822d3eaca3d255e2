pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One picture of how it works, and one sentence. What is drawn into it has `unit` for its measure:
// a picture is 80 units wide and 32 high.
Card {
    id: root

    required property string sentence
    default property alias drawing: canvas.data
    readonly property string spoken: sentence
    readonly property real unit: (width - 2 * padding) / 80

    // Not that of the sentence in one line, from which the layout would not come to rest.
    implicitWidth: Math.round(60 * Theme.mm)
    Layout.fillWidth: true
    Layout.fillHeight: true
    Accessible.role: Accessible.StaticText
    Accessible.name: root.sentence

    Item {
        id: canvas

        Layout.fillWidth: true
        Layout.preferredHeight: Math.round(32 * root.unit)
    }

    AppText {
        Layout.fillWidth: true
        Layout.fillHeight: true
        text: root.sentence
        Accessible.ignored: true
    }
}
