pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// How it works in six pictures, and below them every rule with its points.
Page {
    id: root

    title: qsTrId("rules.title")
    Accessible.name: root.title

    RulesModel {
        id: model

        kiosk: root.kiosk
    }

    TileGrid {
        Layout.fillWidth: true
        narrowest: 66

        Repeater {
            model: [
                { icon: "seedling", title: qsTrId("rules.start"), text: qsTrId("rules.start_detail") },
                { icon: "heart-handshake", title: qsTrId("rules.deed"), text: qsTrId("rules.deed_detail") },
                { icon: "message-2", title: qsTrId("rules.hear"), text: qsTrId("rules.hear_detail") },
                { icon: "scale", title: qsTrId("rules.appeal"), text: qsTrId("rules.appeal_detail") },
                { icon: "hourglass", title: qsTrId("rules.ends"), text: qsTrId("rules.ends_detail") },
                { icon: "lock", title: qsTrId("rules.yours"), text: qsTrId("rules.yours_detail") }
            ]

            Card {
                id: step

                required property int index
                required property var modelData

                Layout.fillWidth: true
                Layout.fillHeight: true

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.pad

                    AppIcon {
                        name: step.modelData.icon
                        colour: Theme.colour.tea
                        size: Math.round(18 * Theme.mm)
                    }

                    Item {
                        Layout.fillWidth: true
                    }

                    Title {
                        text: step.index + 1
                        color: Theme.colour.inkSoft
                        font.pixelSize: Theme.figure
                        Accessible.ignored: true
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    text: step.modelData.title
                    font.pixelSize: Theme.large
                    font.bold: true
                }

                AppText {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    text: step.modelData.text
                }
            }
        }
    }

    ErrorBanner {
        text: model.error
    }

    component RuleList: ColumnLayout {
        id: list

        required property string heading
        required property var rules

        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        visible: rules.length > 0
        spacing: Theme.gap

        Title {
            Layout.fillWidth: true
            text: list.heading
        }

        RowCard {
            Layout.fillWidth: true

            Repeater {
                model: list.rules

                ListRow {
                    id: line

                    required property int index
                    required property var modelData

                    text: line.modelData.title
                    detail: line.modelData.text
                    last: line.index === list.rules.length - 1
                    leading: PointsBadge {
                        points: line.modelData.points
                    }
                }
            }
        }
    }

    RuleList {
        heading: qsTrId("rules.good_deeds")
        rules: model.goodDeeds
    }

    RuleList {
        heading: qsTrId("rules.concerns")
        rules: model.concerns
    }
}
