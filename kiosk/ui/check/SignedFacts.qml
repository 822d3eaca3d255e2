pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What was signed: of a sign house, stars and dates; of a slip its lines.
Card {
    id: root

    required property Signed signed
    property bool low: false

    readonly property bool sign: signed.quarter !== ""

    padding: Math.round((low ? 1.2 : 1.6) * Theme.pad)

    Item {
        Layout.fillHeight: true
        Layout.minimumHeight: 0
    }

    Flow {
        Layout.fillWidth: true
        visible: root.sign
        spacing: Theme.pad

        Title {
            id: plate

            width: Math.min(Math.ceil(implicitWidth), parent.width)
            visible: text !== ""
            text: root.signed.house
            color: Theme.colour.tea
            font.pixelSize: Math.round((root.low ? 1.2 : 1.9) * Theme.title)
        }

        AppText {
            width: Math.min(Math.ceil(implicitWidth), parent.width)
            topPadding: root.signed.house === "" ? 0 : Math.max(0, plate.baselineOffset - Math.round(1.16 * Theme.large))
            text: root.signed.lane
            font.pixelSize: Theme.large
        }

        AppText {
            width: Math.min(Math.ceil(implicitWidth), parent.width)
            topPadding: root.signed.house === "" ? 0 : Math.max(0, plate.baselineOffset - Math.round(1.16 * Theme.large))
            text: root.signed.quarter
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.large
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: root.sign
        text: root.signed.stars.length > 0 ? qsTrId("check.stars_as_signed") : qsTrId("check.no_stars")
        color: Theme.colour.inkSoft
    }

    Repeater {
        model: root.signed.stars

        Flow {
            id: line

            required property StarLine modelData

            Layout.fillWidth: true
            Layout.topMargin: root.low ? 0 : Theme.gap
            spacing: Theme.gap

            Row {
                id: words

                width: Math.min(line.width, Math.max(implicitWidth, Math.min(line.width - shown.width - Theme.gap, 12.5 * name.font.pixelSize)))
                spacing: Theme.gap

                AppIcon {
                    id: picture

                    anchors.verticalCenter: name.verticalCenter
                    name: line.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }

                AppText {
                    id: name

                    width: Math.min(Math.ceil(implicitWidth), line.width - picture.width - Theme.gap)
                    text: line.modelData.name
                    font.bold: true
                    font.pixelSize: root.low ? Theme.body : Theme.large
                    Accessible.ignored: true
                }
            }

            StarRow {
                id: shown

                stars: line.modelData.stars
                spoken: line.modelData.spoken
                topPadding: Math.max(0, Math.round((words.height - size) / 2))
                size: Math.round(root.low ? 1.15 * Theme.body : 1.45 * Theme.large)
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: root.signed.lines.length > 0
        text: qsTrId("check.what_it_says")
        color: Theme.colour.inkSoft
    }

    Repeater {
        model: root.signed.lines

        AppText {
            required property string modelData

            Layout.fillWidth: true
            text: modelData
            font.pixelSize: Theme.large
        }
    }

    Rectangle {
        Layout.fillWidth: true
        Layout.topMargin: root.low ? 0 : Theme.pad
        Layout.bottomMargin: root.low ? 0 : Theme.gap
        implicitHeight: Theme.hairline
        color: Theme.colour.line
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.pad

        Repeater {
            model: root.signed.facts

            Row {
                id: fact

                required property Fact modelData

                spacing: Theme.gap

                AppText {
                    text: fact.modelData.name
                    color: Theme.colour.inkSoft
                    wrapMode: Text.NoWrap
                }

                AppText {
                    text: fact.modelData.value
                    font.bold: true
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    AppText {
        Layout.fillWidth: true
        visible: root.sign
        text: qsTrId("check.compare")
        color: Theme.colour.inkSoft
        font.pixelSize: Theme.small
    }

    Item {
        Layout.fillHeight: true
        Layout.minimumHeight: 0
    }
}
