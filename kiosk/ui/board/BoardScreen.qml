pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The village board: what comes, what there is, who was thanked, and whether everything is there.
Page {
    id: root

    title: qsTrId("board.title")

    BoardModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    TileGrid {
        Layout.fillWidth: true
        most: 3
        narrowest: 62

        Repeater {
            model: model.how

            Card {
                id: line

                required property BoardPart modelData

                objectName: `board.${modelData.name}`
                Layout.fillWidth: true
                Layout.fillHeight: true

                AppIcon {
                    name: line.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(12 * Theme.mm)
                }

                AppText {
                    Layout.fillWidth: true
                    text: line.modelData.heading
                    font.pixelSize: Theme.large
                }

                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }

    TileGrid {
        Layout.fillWidth: true
        most: 2
        narrowest: 100

        Repeater {
            model: model.parts

            Card {
                id: card

                required property BoardPart modelData

                objectName: `board.${modelData.name}`
                Layout.fillWidth: true
                Layout.fillHeight: true

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap

                    AppIcon {
                        Layout.alignment: Qt.AlignTop
                        name: card.modelData.icon
                        colour: Theme.colour.tea
                        size: Math.round(9 * Theme.mm)
                    }

                    Title {
                        Layout.fillWidth: true
                        text: card.modelData.heading
                    }
                }

                Repeater {
                    model: card.modelData.bars

                    ColumnLayout {
                        id: bar

                        required property BoardBar modelData

                        Layout.fillWidth: true
                        spacing: Math.round(0.8 * Theme.mm)

                        AppText {
                            Layout.fillWidth: true
                            text: bar.modelData.said
                        }

                        Rectangle {
                            Layout.preferredWidth: Math.round(bar.width * bar.modelData.share)
                            implicitHeight: Math.round(3 * Theme.mm)
                            color: Theme.colour.tea
                        }
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: card.modelData.text
                    font.pixelSize: Theme.large
                    lineHeight: 1.25
                }

                Item {
                    Layout.fillHeight: true
                }
            }
        }
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.pad

        SecondaryButton {
            objectName: "board.calendar"
            icon: "calendar"
            text: qsTrId("board.calendar")
            onClicked: root.kiosk.open("calendar")
        }

        SecondaryButton {
            objectName: "board.rules"
            icon: "info-circle"
            text: qsTrId("board.rules")
            onClicked: root.kiosk.open("rules")
        }
    }
}
