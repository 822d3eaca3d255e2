pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Window
import kiosk.ui.controls

// Every control in every state; the switches at the top say in which theme and size.
Window {
    id: root

    // The controls, and the one that stands alone; all of them when it is empty.
    required property list<string> names
    property string chosen
    // Where the controls begin, and the height at which nothing has to be scrolled; in pixels.
    readonly property int top: scroller.y
    readonly property int tall: top + scroller.contentHeight
    readonly property list<string> shown: chosen === "" ? names : [chosen]

    function turn(by: int) {
        const places = names.length + 1;
        const next = (names.indexOf(chosen) + 1 + by + places) % places;
        chosen = next === 0 ? "" : names[next - 1];
    }

    color: Theme.colour.paper
    title: "Gallery"

    component Switch: SecondaryButton {
        size: Theme.small
        sidePad: Theme.pad
    }

    Flow {
        id: switches

        x: Theme.margin
        y: Theme.gap
        width: parent.width - 2 * Theme.margin
        spacing: Theme.gap

        Switch {
            text: "‹"
            spoken: "Control before"
            onClicked: root.turn(-1)
        }

        Switch {
            text: root.chosen === "" ? "All controls" : root.chosen
            onClicked: root.chosen = ""
        }

        Switch {
            text: "›"
            spoken: "Next control"
            onClicked: root.turn(1)
        }

        Switch {
            text: Theme.highContrast ? "High contrast" : "Light"
            onClicked: Theme.highContrast = !Theme.highContrast
        }

        Switch {
            text: `Text ${Theme.capitals[Theme.textStep]} mm`
            onClicked: Theme.textStep = (Theme.textStep + 1) % Theme.textSteps
        }
    }

    Flickable {
        id: scroller

        y: switches.y + switches.height + Theme.pad
        width: root.width
        height: root.height - y
        clip: true
        contentHeight: column.implicitHeight + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds

        ColumnLayout {
            id: column

            x: Theme.margin
            width: scroller.width - 2 * Theme.margin
            spacing: Theme.margin

            Repeater {
                model: root.shown

                delegate: ColumnLayout {
                    id: entry

                    required property string modelData

                    spacing: Theme.pad

                    Title {
                        Layout.fillWidth: true
                        text: entry.modelData
                        font.pixelSize: Theme.large
                    }

                    Loader {
                        Layout.fillWidth: true
                        source: `entries/${entry.modelData}.qml`
                    }
                }
            }
        }
    }
}
