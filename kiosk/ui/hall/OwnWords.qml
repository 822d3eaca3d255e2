pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Words of one kind that the village keeps, and the button that adds one.
ColumnLayout {
    id: root

    required property string kind
    required property string heading
    required property string icon
    required property string add
    // OwnWordRow each.
    required property var words
    required property bool busy

    signal added
    signal renamed(int wordId)
    signal ended(int wordId)

    spacing: Theme.gap

    Title {
        Layout.fillWidth: true
        text: root.heading
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.words.length > 0

        Repeater {
            model: root.words

            ListRow {
                id: row

                required property int index
                required property OwnWordRow modelData

                objectName: `hall.${root.kind}.${index}`
                text: modelData.name
                detail: modelData.detail
                last: index === root.words.length - 1
                leading: AppIcon {
                    name: root.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }

                QuietButton {
                    objectName: `hall.${root.kind}.rename.${row.index}`
                    visible: row.modelData.keeps
                    enabled: !root.busy
                    icon: "pencil"
                    text: qsTrId("hall.rename")
                    onClicked: root.renamed(row.modelData.wordId)
                }

                QuietButton {
                    objectName: `hall.${root.kind}.end.${row.index}`
                    visible: row.modelData.keeps
                    enabled: !root.busy
                    icon: "x"
                    text: qsTrId("hall.end")
                    onClicked: root.ended(row.modelData.wordId)
                }
            }
        }
    }

    SecondaryButton {
        objectName: `hall.add.${root.kind}`
        Layout.fillWidth: true
        enabled: !root.busy
        icon: "plus"
        text: root.add
        onClicked: root.added()
    }
}
