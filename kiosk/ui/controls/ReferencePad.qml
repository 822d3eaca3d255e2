pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// Which case is it? The eight digits of a slip's number, as they are typed; they leave by `entered`.
GridLayout {
    id: root

    required property string question
    required property string detail
    required property string deleteText
    required property bool wide
    // The height there is.
    required property int tallest

    signal entered(string digits)

    function clear() {
        pad.clear();
    }

    columns: wide ? 2 : 1
    columnSpacing: Theme.margin
    rowSpacing: Theme.pad
    Accessible.role: Accessible.Grouping
    Accessible.name: root.question

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignVCenter
        spacing: Theme.pad

        Title {
            Layout.fillWidth: true
            text: root.question
        }

        AppText {
            Layout.fillWidth: true
            text: root.detail
            font.pixelSize: Theme.large
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 10
        Layout.alignment: Qt.AlignVCenter
        spacing: Theme.pad

        AppText {
            id: shown

            objectName: "reference.typed"
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: pad.typed === "" ? "–" : pad.typed.replace(/^(\d{4})(\d)/, "$1-$2")
            color: Theme.colour.tea
            font.pixelSize: Theme.figure
            font.bold: true
        }

        NumberPad {
            id: pad

            objectName: "number_pad"
            Layout.alignment: Qt.AlignHCenter
            focus: true
            digits: 8
            secret: false
            label: root.question
            deleteText: root.deleteText
            tallest: root.wide ? root.tallest - shown.height - Theme.pad : 0
            onEntered: number => root.entered(number)
        }
    }
}
