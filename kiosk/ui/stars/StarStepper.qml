pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One dimension: its name, how many stars are shown, and a step fewer or more.
GridLayout {
    id: root

    required property DimensionRow line
    property bool narrow: false
    readonly property bool roomy: width > (170 + 70 * Theme.textStep) * Theme.mm

    signal stepped(int by)

    columns: narrow ? 1 : 2
    columnSpacing: Theme.pad
    rowSpacing: Theme.gap

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap

        AppIcon {
            name: root.line.icon
            colour: Theme.colour.tea
            size: Math.round(1.3 * Theme.large)
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            AppText {
                Layout.fillWidth: true
                text: root.line.name
                font.bold: true
                Accessible.ignored: true
            }

            AppText {
                Layout.fillWidth: true
                text: root.line.note
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
            }
        }
    }

    RowLayout {
        Layout.fillWidth: false
        visible: root.line.most > 0
        spacing: Theme.gap

        IconButton {
            objectName: `signs.fewer.${root.line.key}`
            icon: "minus"
            text: root.line.fewer
            ink: Theme.colour.tea
            settle: 0
            enabled: root.line.shown > 0
            opacity: enabled ? 1 : 0.3
            onClicked: root.stepped(-1)
        }

        StarRow {
            objectName: `signs.stars.${root.line.key}`
            stars: root.line.shown
            spoken: root.line.spoken
            size: Math.round(root.roomy ? 1.3 * Theme.large : 1.1 * Theme.body)
        }

        IconButton {
            objectName: `signs.more.${root.line.key}`
            icon: "plus"
            text: root.line.more
            ink: Theme.colour.tea
            settle: 0
            enabled: root.line.shown < root.line.most
            opacity: enabled ? 1 : 0.3
            onClicked: root.stepped(1)
        }
    }
}
