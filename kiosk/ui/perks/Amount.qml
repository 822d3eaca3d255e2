pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// How many: one or ten fewer, one or ten more.
GridLayout {
    id: root

    required property string named
    required property string label
    property int amount: 0
    property int least: 0
    property int most: 999
    readonly property bool narrow: width < (150 + 30 * Theme.textStep) * Theme.mm

    function step(by: int) {
        amount = Math.max(least, Math.min(most, amount + by));
    }

    columns: narrow ? 1 : 2
    columnSpacing: Theme.pad
    rowSpacing: Theme.gap

    AppText {
        Layout.fillWidth: true
        text: root.label
        font.pixelSize: Theme.large
        font.bold: true
    }

    RowLayout {
        Layout.fillWidth: false
        spacing: Theme.gap

        QuietButton {
            objectName: `${root.named}.ten_less`
            enabled: root.amount > root.least
            text: qsTrId("perks.ten_less")
            onClicked: root.step(-10)
        }

        IconButton {
            objectName: `${root.named}.less`
            enabled: root.amount > root.least
            icon: "minus"
            text: qsTrId("perks.one_less")
            ink: Theme.colour.tea
            onClicked: root.step(-1)
        }

        AppText {
            objectName: `${root.named}.amount`
            Layout.preferredWidth: Math.round(16 * Theme.mm * (1 + 0.25 * Theme.textStep))
            horizontalAlignment: Text.AlignHCenter
            text: root.amount
            color: Theme.colour.tea
            font.pixelSize: Theme.title
            font.bold: true
        }

        IconButton {
            objectName: `${root.named}.more`
            enabled: root.amount < root.most
            icon: "plus"
            text: qsTrId("perks.one_more")
            ink: Theme.colour.tea
            onClicked: root.step(1)
        }

        QuietButton {
            objectName: `${root.named}.ten_more`
            enabled: root.amount < root.most
            text: qsTrId("perks.ten_more")
            onClicked: root.step(10)
        }
    }
}
