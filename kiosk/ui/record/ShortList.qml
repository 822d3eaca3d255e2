pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// A card with a heading and its first few entries, each a day and what of it.
Card {
    id: root

    required property string icon
    required property string heading
    // EntryRow each.
    required property var entries
    required property string nothing
    property int most: 3
    property string note
    readonly property bool slim: width < (135 + 40 * Theme.textStep) * Theme.mm
    // The widest that a button at its end may be.
    readonly property int within: width - 2 * padding
    default property alias more: ending.data

    padding: Math.round(1.2 * Theme.pad)
    spacing: Math.round(0.8 * Theme.gap)

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        AppIcon {
            name: root.icon
            colour: Theme.colour.tea
            size: Math.round(1.3 * Theme.large)
        }

        AppText {
            Layout.fillWidth: true
            text: root.heading
            font.pixelSize: Theme.large
            font.bold: true
            Accessible.role: Accessible.Heading
        }
    }

    Repeater {
        model: root.entries.slice(0, root.most)

        AppText {
            required property EntryRow modelData

            Layout.fillWidth: true
            text: `${modelData.when}${root.slim ? "\n" : " · "}${modelData.what}`
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: root.entries.length === 0
        text: root.nothing
        color: Theme.colour.inkSoft
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.note
        color: Theme.colour.inkSoft
    }

    Item {
        Layout.fillHeight: true
    }

    ColumnLayout {
        id: ending

        Layout.fillWidth: true
        spacing: Theme.gap
    }
}
