pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What the register holds, each to be tapped if it is wrong, and in one's own words how it should be.
ColumnLayout {
    id: root

    required property MyDataModel form
    property string what
    readonly property string words: field.text
    readonly property var icons: ({
            "name": "user",
            "born_on": "calendar",
            "phone": "message-2",
            "house": "home",
            "other": "pencil"
        })
    readonly property bool ready: what !== "" && field.typed.trim() !== ""

    function clear() {
        what = "";
        field.clear();
    }

    spacing: Theme.pad

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        narrowest: 62

        Repeater {
            model: root.form.whats

            Tile {
                required property WhatRow modelData

                objectName: `my_data.what.${modelData.key}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                beside: true
                checked: root.what === modelData.key
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : root.icons[modelData.key]
                text: modelData.text
                detail: modelData.held
                settle: 0
                onClicked: root.what = modelData.key
            }
        }
    }

    TextEntry {
        id: field

        objectName: "my_data.words"
        Layout.fillWidth: true
        visible: root.what !== ""
        several: true
        longest: 200
        label: qsTrId("my_data.words")
        hint: qsTrId("my_data.words_hint")
        icon: "pencil"
        size: Theme.body
    }
}
