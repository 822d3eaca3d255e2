pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The last thirty days as whole weeks; the first day of a month says which month it is.
Card {
    id: root

    // Before the days: the name by which tests find them.
    required property string named
    required property var weekdays
    required property var days

    signal chosen(string iso)

    padding: Theme.pad

    // As wide as the longest name of a day or a month at the size of text that was chosen.
    AppText {
        id: longest

        visible: false
        text: root.weekdays.concat(root.days.map(day => day.month)).join("\n")
        wrapMode: Text.NoWrap
        font.pixelSize: Theme.small
    }

    GridLayout {
        id: grid

        readonly property real field: (width - (columns - 1) * columnSpacing) / columns - 2 * Theme.hairline
        // Seven columns have no more room to give: names too long for them are all a little smaller.
        readonly property int nameSize: Math.min(Theme.small, Math.max(Math.round(4 * Theme.mm), Math.floor(Theme.small * field / longest.implicitWidth)))

        Layout.fillWidth: true
        columns: 7
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        Repeater {
            model: root.weekdays

            AppText {
                required property string modelData

                Layout.fillWidth: true
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                text: modelData
                color: Theme.colour.inkSoft
                font.pixelSize: grid.nameSize
            }
        }

        Repeater {
            model: root.days

            Tappable {
                id: field

                required property int index
                required property DayRow modelData
                readonly property bool turned: Theme.highContrast && (down || checked)
                readonly property color ink: turned || checked ? Theme.colour.onTea : Theme.colour.ink
                // The month stands beside its first day where there is room, and above it elsewhere.
                readonly property bool beside: width > 1.2 * (month.implicitWidth + number.implicitWidth)
                readonly property bool tellsMonth: modelData.number === "1" || (modelData.free && (index === 0 || !root.days[index - 1].free))

                objectName: `${root.named}.day.${modelData.iso}`
                Layout.fillWidth: true
                Layout.minimumWidth: Theme.target
                Layout.fillHeight: true
                implicitHeight: Math.max(Theme.target, Math.round(1.5 * Theme.large), tellsMonth && !beside ? month.implicitHeight + number.implicitHeight : 0)
                enabled: modelData.free
                checked: modelData.chosen
                role: Accessible.RadioButton
                spoken: modelData.spoken
                opacity: modelData.free ? 1 : 0
                onClicked: root.chosen(modelData.iso)
                Accessible.ignored: !modelData.free

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radiusSmall
                    color: field.checked ? Theme.colour.tea : field.down ? Theme.colour.pressed : Theme.colour.paper
                    border.width: field.checked ? Theme.stroke : Theme.hairline
                    border.color: field.checked ? Theme.colour.tea : Theme.colour.edge
                }

                Grid {
                    anchors.centerIn: parent
                    columns: field.beside ? 2 : 1
                    columnSpacing: Theme.mm
                    horizontalItemAlignment: Grid.AlignHCenter
                    verticalItemAlignment: Grid.AlignVCenter

                    AppText {
                        id: month

                        visible: field.tellsMonth
                        text: field.modelData.month
                        wrapMode: Text.NoWrap
                        color: field.checked ? field.ink : Theme.colour.inkSoft
                        font.pixelSize: grid.nameSize
                        Accessible.ignored: true
                    }

                    AppText {
                        id: number

                        text: field.modelData.number
                        wrapMode: Text.NoWrap
                        color: field.ink
                        font.pixelSize: Theme.large
                        font.bold: field.checked
                        Accessible.ignored: true
                    }
                }

                FocusRing {
                    target: field
                    corner: Theme.radiusSmall
                }
            }
        }
    }
}
