pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A made-up record to look at together: the sum, three deeds, who looked.
ColumnLayout {
    id: root

    component Summand: QtObject {
        property string before
        required property string amount
        required property string name
        required property color ground
        required property color ink
    }

    readonly property list<Summand> summands: [
        Summand {
            amount: sample.amounts[0] ?? ""
            name: qsTrId("enrolment.sum_base")
            ground: Theme.colour.card
            ink: Theme.colour.ink
        },
        Summand {
            before: "+"
            amount: sample.amounts[1] ?? ""
            name: qsTrId("enrolment.sum_deeds")
            ground: Theme.colour.goldSoft
            ink: Theme.colour.goldInk
        },
        Summand {
            before: "+"
            amount: sample.amounts[2] ?? ""
            name: qsTrId("enrolment.sum_stars")
            ground: Theme.colour.teaSoft
            ink: Theme.colour.tea
        },
        Summand {
            before: "\u2212"
            amount: sample.amounts[3] ?? ""
            name: qsTrId("enrolment.sum_concerns")
            ground: Theme.colour.careSoft
            ink: Theme.colour.care
        },
        Summand {
            before: "="
            amount: sample.amounts[4] ?? ""
            name: qsTrId("enrolment.sum_today")
            ground: Theme.colour.sum
            ink: Theme.colour.onSum
        }
    ]

    required property Kiosk kiosk
    required property bool wide

    spacing: Theme.pad

    SampleModel {
        id: sample

        kiosk: root.kiosk
    }

    Notice {
        objectName: "enrol.made_up"
        tone: "gold"
        icon: "flask"
        text: qsTrId("enrolment.made_up")
    }

    GridLayout {
        // What one of five side by side needs for "Household" in one piece.
        readonly property real least: 5.6 * Theme.small + 2 * Theme.gap
        readonly property bool level: width > 5 * least + 4 * Math.round(0.9 * Theme.figure)

        Layout.fillWidth: true
        columns: level ? 9 : 2
        columnSpacing: level ? 0 : Theme.gap
        rowSpacing: Theme.gap
        Accessible.role: Accessible.Grouping
        Accessible.name: sample.spoken

        Repeater {
            id: sum

            // U+2212 is as wide as the plus sign.
            model: root.summands

            RowLayout {
                id: part

                required property int index
                required property Summand modelData

                Layout.fillWidth: true
                Layout.columnSpan: (parent as GridLayout)?.columns === 9 ? (index === 0 ? 1 : 2) : 2
                Layout.preferredWidth: 100
                spacing: 0

                AppText {
                    Layout.preferredWidth: Math.round(0.9 * Theme.figure)
                    visible: part.modelData.before !== ""
                    horizontalAlignment: Text.AlignHCenter
                    text: part.modelData.before
                    wrapMode: Text.NoWrap
                    color: Theme.colour.inkSoft
                    font.pixelSize: Theme.figure
                }

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: box.implicitHeight + 2 * Theme.gap
                    radius: Theme.radius
                    color: part.modelData.ground
                    border.width: Theme.highContrast || part.index === 0 ? Theme.hairline : 0
                    border.color: Theme.colour.line

                    ColumnLayout {
                        id: box

                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        anchors.margins: Theme.gap
                        spacing: 0

                        AppText {
                            Layout.fillWidth: true
                            horizontalAlignment: Text.AlignHCenter
                            text: part.modelData.amount
                            color: part.modelData.ink
                            font.pixelSize: Theme.figure
                            font.bold: true
                        }

                        AppText {
                            Layout.fillWidth: true
                            horizontalAlignment: Text.AlignHCenter
                            text: part.modelData.name
                            color: part.modelData.ink
                            font.pixelSize: Theme.small
                        }
                    }
                }
            }
        }
    }

    RowCard {
        Layout.fillWidth: true

        Repeater {
            model: sample.rows

            ListRow {
                id: deed

                required property int index
                required property DeedRow modelData

                text: modelData.text
                detail: modelData.detail
                last: index === sample.rows.length - 1
                leading: PointsBadge {
                    points: deed.modelData.points
                }
            }
        }
    }

    Notice {
        tone: "voice"
        icon: "eye"
        heading: qsTrId("enrolment.looked")
        text: qsTrId("enrolment.looked_detail")
    }
}
