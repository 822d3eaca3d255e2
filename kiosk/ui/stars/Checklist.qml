pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Everything that is looked at in a household, by dimension; two of them only if it wishes so.
ColumnLayout {
    id: root

    required property VisitsModel asking

    spacing: Math.round(1.6 * Theme.gap)

    Repeater {
        model: root.asking.asked

        ColumnLayout {
            id: dimension

            required property AskedDimensionRow modelData
            readonly property int count: modelData.items.length
            readonly property bool looked: root.asking.given >= 0 && (!modelData.putForward || root.asking.isPutForward(modelData.key))

            Layout.fillWidth: true
            spacing: Theme.gap

            GridLayout {
                Layout.fillWidth: true
                columns: head.implicitWidth + one.implicitWidth + Theme.pad > root.width ? 1 : 2
                columnSpacing: Theme.pad
                rowSpacing: Theme.gap

                RowLayout {
                    id: head

                    Layout.fillWidth: true
                    spacing: Theme.gap

                    AppIcon {
                        name: dimension.modelData.icon
                        colour: Theme.colour.tea
                        size: Math.round(1.4 * Theme.large)
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: dimension.modelData.name
                        font.pixelSize: Theme.large
                        font.bold: true
                    }
                }

                SecondaryButton {
                    id: one

                    objectName: dimension.modelData.putForward ? `score.forward.${dimension.modelData.key}` : `score.all.${dimension.modelData.key}`
                    Layout.maximumWidth: root.width
                    settle: 0
                    icon: dimension.modelData.putForward ? (dimension.looked ? "x" : "plus") : "check"
                    text: !dimension.modelData.putForward ? qsTrId("rounds.all_in_order") : dimension.looked ? qsTrId("rounds.not_put_forward") : qsTrId("rounds.put_forward")
                    onClicked: dimension.modelData.putForward ? root.asking.putForward(dimension.modelData.key) : root.asking.allInOrder(dimension.modelData.key)
                }
            }

            RowCard {
                Layout.fillWidth: true
                visible: dimension.looked

                Repeater {
                    model: dimension.looked ? dimension.modelData.items : []

                    AnswerRow {
                        required property int index
                        required property AskedItemRow modelData

                        // The row goes with the dimension, a turn before what looks at it.
                        readonly property string key: modelData ? modelData.key : ""

                        named: `score.${key}`
                        words: modelData ? modelData.text : ""
                        said: root.asking.given >= 0 ? root.asking.answerTo(key) : ""
                        last: index === dimension.count - 1
                        onAnswered: said => root.asking.answer(key, said)
                    }
                }
            }
        }
    }
}
