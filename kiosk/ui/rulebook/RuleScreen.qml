pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// One rule from close by: its picture, its points, who may report it, how it ends; what would happen.
Page {
    id: root

    property string ruleKey

    title: model.rule.title
    Component.onCompleted: model.open(ruleKey)

    RuleModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    component Lines: RowCard {
        id: lines

        required property var rows
        required property string named

        Layout.fillWidth: true
        visible: rows.length > 0

        Repeater {
            model: lines.rows

            ListRow {
                id: line

                required property int index
                required property RuleLineRow modelData

                objectName: `${lines.named}.${index}`
                text: ""
                detail: modelData.text
                last: index === lines.rows.length - 1
                leading: AppIcon {
                    name: line.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }
            }
        }
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.pad

        AppIcon {
            name: model.rule.icon
            colour: Theme.colour.tea
            size: Math.round(20 * Theme.mm)
        }

        PointsBadge {
            points: model.rule.points
        }

        Item {
            Layout.fillWidth: true
        }
    }

    Lines {
        rows: model.lines
        named: "rule.line"
    }

    Title {
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        visible: model.steps.length > 0
        text: qsTrId("rules.if_title")
    }

    Lines {
        rows: model.steps
        named: "rule.if"
    }
}
