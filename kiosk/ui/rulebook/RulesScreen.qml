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

    ErrorBanner {
        text: model.error
    }

    Changes {
        Layout.fillWidth: true
        heading: qsTrId("rules.changing")
        changes: model.changes
    }

    SixPictures {
        Layout.fillWidth: true
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
                    required property RuleRow modelData

                    objectName: `rules.${line.modelData.key}`
                    tappable: true
                    text: line.modelData.title
                    detail: line.modelData.text
                    last: line.index === list.rules.length - 1
                    leading: PointsBadge {
                        points: line.modelData.points
                    }
                    onClicked: root.kiosk.open("rule", {
                        "ruleKey": line.modelData.key
                    })
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
