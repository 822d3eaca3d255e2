pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The text that one agrees to: eight plain sentences, each with its picture, large.
ColumnLayout {
    id: root

    required property EnrolmentModel form
    // The page, and the height of what is in sight of it.
    required property Item page
    required property real sight

    // Whose beginning, and whose end, was in sight; both need not have been at once.
    property var begun: new Set()
    property var ended: new Set()

    function look() {
        if (!visible)
            return;
        for (let place = 0; place < cards.count; ++place) {
            const card = cards.itemAt(place);
            const top = card.mapToItem(page, 0, 0).y;
            const bottom = top + card.height;
            if (top >= -1 && top < sight)
                begun.add(place);
            if (bottom > 0 && bottom <= sight + 1)
                ended.add(place);
            if (begun.has(place) && ended.has(place))
                form.sawSentence(place);
        }
    }

    onVisibleChanged: {
        begun = new Set();
        ended = new Set();
    }

    Timer {
        interval: 150
        repeat: true
        running: root.visible && !root.form.heard
        onTriggered: root.look()
    }

    spacing: Theme.gap

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        narrowest: 100
        most: 2

        Repeater {
            id: cards

            model: root.form.sentences

            Card {
                id: sentence

                required property int index
                required property SentenceRow modelData

                objectName: `enrol.sentence.${index}`
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.minimumHeight: implicitHeight
                padding: Theme.pad

                RowLayout {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    spacing: Theme.pad

                    Rectangle {
                        readonly property int medal: Math.round(16 * Theme.mm)

                        Layout.preferredWidth: medal
                        Layout.preferredHeight: medal
                        radius: medal / 2
                        color: Theme.colour.teaSoft
                        border.width: Theme.highContrast ? Theme.hairline : 0
                        border.color: Theme.colour.line

                        AppIcon {
                            anchors.centerIn: parent
                            name: sentence.modelData.icon
                            colour: Theme.colour.tea
                            size: Math.round(9 * Theme.mm)
                        }
                    }

                    AppText {
                        Layout.fillWidth: true
                        text: sentence.modelData.text
                        font.pixelSize: Theme.textSize(1.6)
                    }
                }
            }
        }
    }
}
