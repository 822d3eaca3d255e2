pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Means of stars, each on a line from one star to five: the broad band is what chance alone would
// give, the mark what was given. What lies beyond the band is a diamond with an edge.
RowCard {
    id: root

    required property list<QtObject> rows
    readonly property int mark: Math.round(7 * Theme.mm)

    Repeater {
        model: root.rows

        ColumnLayout {
            id: line

            required property int index
            required property SpreadRow modelData

            Layout.fillWidth: true
            Layout.margins: Theme.gap
            spacing: Theme.mm
            Accessible.role: Accessible.ListItem
            Accessible.name: `${modelData.name}. ${modelData.detail}`

            AppText {
                Layout.fillWidth: true
                text: line.modelData.name
                font.bold: true
                Accessible.ignored: true
            }

            Item {
                id: track

                readonly property real room: width - root.mark

                function at(place: int): real {
                    return root.mark / 2 + track.room * place / 1000;
                }

                Layout.fillWidth: true
                Layout.preferredHeight: root.mark

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width
                    height: Theme.hairline
                    color: Theme.colour.edge
                }

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    x: track.at(line.modelData.least)
                    width: Math.max(Theme.stroke, track.at(line.modelData.most) - x)
                    height: Math.round(0.6 * root.mark)
                    radius: height / 2
                    color: Theme.colour.teaSoft
                    border.width: Theme.hairline
                    border.color: Theme.colour.tea
                }

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    x: track.at(line.modelData.mean) - width / 2
                    width: Math.round((line.modelData.beyond ? 0.72 : 0.8) * root.mark)
                    height: width
                    radius: line.modelData.beyond ? 0 : width / 2
                    rotation: line.modelData.beyond ? 45 : 0
                    color: line.modelData.beyond ? Theme.colour.care : Theme.colour.tea
                    border.width: Theme.hairline
                    border.color: Theme.colour.card
                }
            }

            AppText {
                Layout.fillWidth: true
                text: line.modelData.detail
                color: Theme.colour.inkSoft
                font.pixelSize: Theme.small
                Accessible.ignored: true
            }
        }
    }
}
