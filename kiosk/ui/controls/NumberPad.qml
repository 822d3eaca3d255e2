pragma ComponentBehavior: Bound

import QtQuick

// Digits for a PIN or a card number: large keys. The digits leave once, by `entered`.
FocusScope {
    id: root

    property int digits: 6
    // Dots for what was tapped; otherwise the screen shows `typed` itself.
    property bool secret: true
    required property string deleteText
    required property string label
    property string typed
    // Pixels that the dots take at least, for keys that stand where another page has them.
    property int head: 0
    // The height there is for it, if the keys shall be smaller on a low screen; 0 leaves them large.
    property int tallest: 0

    signal entered(string number)

    function clear() {
        typed = "";
    }
    function press(key: string) {
        if (!enabled || typed.length >= digits)
            return;
        typed += key;
        if (typed.length === digits)
            root.entered(typed);
    }
    function erase() {
        typed = typed.slice(0, -1);
    }

    readonly property int largest: Math.max(Math.round(19 * Theme.mm), Math.round(1.9 * Theme.figure))
    readonly property int smallest: Theme.low ? Math.ceil(Theme.target / 0.82) : Math.max(Math.round(16 * Theme.mm), Math.round(1.5 * Theme.figure))
    readonly property int keysTallest: tallest - (dots.visible ? dots.height + column.spacing : 0) - 3 * Theme.gap
    readonly property int fitting: Math.floor(keysTallest / 4 / 0.82)
    readonly property int digit: Math.min(Theme.figure, Math.round(0.66 * key))
    readonly property int key: tallest > 0 ? Math.max(smallest, Math.min(largest, fitting)) : largest

    readonly property int spacing: column.spacing

    implicitWidth: column.implicitWidth
    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: root.label
    Keys.onPressed: event => {
        event.accepted = event.isAutoRepeat;
        if (event.isAutoRepeat)
            return;
        if (event.key === Qt.Key_Backspace)
            root.erase();
        else if (/^[0-9]$/.test(event.text))
            root.press(event.text);
        else
            return;
        event.accepted = true;
    }

    Column {
        id: column

        spacing: Math.round(1.8 * Theme.gap)

        Row {
            id: dots

            anchors.horizontalCenter: parent.horizontalCenter
            height: Math.max(root.head, Math.round(5.4 * Theme.mm))
            visible: root.secret
            spacing: Math.round(1.6 * Theme.gap)

            Repeater {
                model: root.digits

                Rectangle {
                    required property int index
                    readonly property bool filled: index < root.typed.length

                    anchors.verticalCenter: parent?.verticalCenter
                    width: Math.round(5.4 * Theme.mm)
                    height: width
                    radius: width / 2
                    color: filled ? Theme.colour.tea : Theme.colour.card
                    border.width: Theme.stroke
                    border.color: filled ? Theme.colour.tea : Theme.colour.edge
                }
            }
        }

        Grid {
            columns: 3
            spacing: Theme.gap

            Repeater {
                model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "<"]

                Item {
                    id: place

                    required property string modelData

                    width: root.key
                    height: Math.round(0.82 * root.key)

                    BaseButton {
                        objectName: `pad.${place.modelData}`
                        anchors.fill: parent
                        visible: place.modelData !== "" && place.modelData !== "<"
                        text: place.modelData
                        size: root.digit
                        bold: true
                        settle: 0
                        sidePad: 0
                        activeFocusOnTab: false
                        onClicked: root.press(place.modelData)
                    }

                    BaseButton {
                        objectName: "pad.delete"
                        anchors.fill: parent
                        visible: place.modelData === "<"
                        icon: "backspace"
                        size: Math.min(Theme.title, root.digit)
                        spoken: root.deleteText
                        settle: 0
                        sidePad: 0
                        activeFocusOnTab: false
                        fill: Theme.colour.paper
                        onClicked: root.erase()
                    }
                }
            }
        }
    }
}
