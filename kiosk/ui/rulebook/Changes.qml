pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Changes of the rules that everybody can read, each with what would be another.
ColumnLayout {
    id: root

    // ChangeRow each.
    required property var changes
    required property string heading
    // Whether officers see what they can do about one.
    property bool acting: false
    property bool busy: false

    signal decided(int changeId)
    signal undone(int changeId)
    signal withdrawn(int changeId)

    visible: changes.length > 0
    spacing: Theme.gap

    Title {
        Layout.fillWidth: true
        text: root.heading
    }

    Repeater {
        model: root.changes

        Card {
            id: change

            required property int index
            required property ChangeRow modelData

            objectName: `changes.${index}`
            Layout.fillWidth: true

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.pad

                AppIcon {
                    name: change.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(2 * Theme.large)
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    AppText {
                        Layout.fillWidth: true
                        text: change.modelData.title
                        font.pixelSize: Theme.large
                        font.bold: true
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: `${change.modelData.what} · ${change.modelData.when}`
                        color: Theme.colour.inkSoft
                    }
                }
            }

            AppText {
                Layout.fillWidth: true
                text: change.modelData.lines
            }

            Flow {
                Layout.fillWidth: true
                visible: root.acting && (change.modelData.withdraws || change.modelData.adopts || change.modelData.undoes)
                spacing: Theme.gap

                SecondaryButton {
                    objectName: `changes.adopt.${change.index}`
                    width: Math.min(implicitWidth, parent.width)
                    visible: change.modelData.adopts
                    enabled: !root.busy
                    icon: "gavel"
                    text: qsTrId("rule_changes.adopt")
                    onClicked: root.decided(change.modelData.changeId)
                }

                QuietButton {
                    objectName: `changes.undo.${change.index}`
                    width: Math.min(implicitWidth, parent.width)
                    visible: change.modelData.undoes
                    enabled: !root.busy
                    icon: "arrow-back-up"
                    text: qsTrId("rule_changes.undo")
                    onClicked: root.undone(change.modelData.changeId)
                }

                QuietButton {
                    objectName: `changes.withdraw.${change.index}`
                    width: Math.min(implicitWidth, parent.width)
                    visible: change.modelData.withdraws
                    enabled: !root.busy
                    icon: "x"
                    text: qsTrId("rule_changes.withdraw")
                    onClicked: root.withdrawn(change.modelData.changeId)
                }
            }
        }
    }
}
