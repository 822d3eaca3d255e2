pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// The same on each screen: back and title on the left, the person and the comforts on the right.
Rectangle {
    id: root

    required property Kiosk kiosk
    required property string title
    property string aside

    readonly property int inner: width - 2 * Theme.margin
    readonly property bool wide: leading.natural + Theme.pad + comforts.natural <= inner

    signal backPressed
    signal readPressed
    signal endPressed

    implicitHeight: (wide ? Math.max(leading.height, comforts.height) : leading.height + Theme.gap + comforts.height) + 2 * Theme.gap
    color: Theme.colour.card
    Accessible.role: Accessible.ToolBar
    Accessible.name: root.title

    Row {
        id: leading

        readonly property int natural: (back.visible ? back.implicitWidth + spacing : 0) + Math.ceil(heading.implicitWidth) + (words.visible ? Math.ceil(words.implicitWidth) + spacing : 0)

        x: Theme.margin
        y: root.wide ? (root.height - height) / 2 : Theme.gap
        spacing: Theme.pad

        SecondaryButton {
            id: back

            objectName: "back"
            anchors.verticalCenter: parent.verticalCenter
            visible: !root.kiosk.atHome
            icon: "arrow-left"
            text: qsTrId("shell.back")
            onClicked: root.backPressed()
        }

        Title {
            id: heading

            objectName: "title"
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(Math.ceil(implicitWidth), root.inner - (back.visible ? back.width + leading.spacing : 0))
            text: root.title
        }

        AppText {
            id: words

            anchors.baseline: heading.baseline
            visible: root.aside !== "" && root.inner > Theme.mm * (260 + 60 * Theme.textStep)
            text: root.aside
            wrapMode: Text.NoWrap
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.small
        }
    }

    Flow {
        id: comforts

        readonly property int line: Math.max(Theme.target, end.visible ? end.implicitHeight : 0)
        readonly property int natural: {
            let sum = -spacing;
            for (const item of [person, end, read, contrast, size, language])
                sum += item.visible ? item.implicitWidth + spacing : 0;
            return sum;
        }

        x: root.width - Theme.margin - width
        y: root.wide ? (root.height - height) / 2 : leading.y + leading.height + Theme.gap
        width: Math.min(natural, root.inner)
        spacing: Math.round(1.3 * Theme.gap)

        Chip {
            id: person

            objectName: "person"
            height: comforts.line
            width: Math.min(implicitWidth, comforts.width)
            visible: root.kiosk.signedIn
            icon: root.kiosk.official ? "id-badge-2" : "user"
            tone: "tea"
            text: root.kiosk.personName
        }

        SecondaryButton {
            id: end

            objectName: "end_session"
            height: comforts.line
            visible: root.kiosk.signedIn
            tone: "care"
            size: Math.min(Theme.small, Math.round(9 * Theme.mm))
            text: qsTrId("shell.end_session")
            onClicked: root.endPressed()
        }

        IconButton {
            id: read

            objectName: "read_aloud"
            height: comforts.line
            visible: root.kiosk.reader.there
            icon: root.kiosk.reader.speaking ? "player-stop" : "volume"
            checked: root.kiosk.reader.speaking
            text: root.kiosk.reader.speaking ? qsTrId("shell.stop_reading") : qsTrId("shell.read_aloud")
            onClicked: root.readPressed()
        }

        IconButton {
            id: contrast

            objectName: "contrast"
            height: comforts.line
            icon: "contrast-2"
            checked: root.kiosk.highContrast
            text: qsTrId("shell.contrast")
            onClicked: root.kiosk.switchContrast()
        }

        Tappable {
            id: size

            objectName: "text_size"
            height: comforts.line
            implicitWidth: Math.round(17 * Theme.mm)
            implicitHeight: Theme.target
            text: qsTrId("shell.text_size")
            settle: 0
            onClicked: root.kiosk.nextTextStep()

            QuietButton {
                anchors.fill: parent
                enabled: false
                opacity: 1
                fill: size.down ? Theme.colour.pressed : Theme.colour.card
                Accessible.ignored: true
            }

            AppText {
                x: Math.round(3 * Theme.mm)
                y: bigger.y + bigger.baselineOffset - baselineOffset
                text: qsTrId("shell.text_sample")
                font.pixelSize: Math.round(4 * Theme.mm)
                font.bold: true
                Accessible.ignored: true
            }

            AppText {
                id: bigger

                anchors.right: parent.right
                anchors.rightMargin: Math.round(3 * Theme.mm)
                y: Math.round((parent.height - height) / 2 - 0.6 * Theme.mm)
                text: qsTrId("shell.text_sample")
                font.pixelSize: Math.round(6.4 * Theme.mm)
                font.bold: true
                Accessible.ignored: true
            }

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Math.round(1.1 * Theme.mm)
                spacing: Math.round(0.9 * Theme.mm)

                Repeater {
                    model: Theme.textSteps

                    Rectangle {
                        required property int index

                        width: Math.round(1.2 * Theme.mm)
                        height: width
                        radius: width / 2
                        color: index <= root.kiosk.textStep ? Theme.colour.tea : Theme.colour.card
                        border.width: 1
                        border.color: index <= root.kiosk.textStep ? Theme.colour.tea : Theme.colour.edge
                    }
                }
            }
        }

        QuietButton {
            id: language

            objectName: "language"
            size: Math.min(Theme.body, Math.round(7 * Theme.mm))
            height: comforts.line
            text: qsTrId("shell.languages")
            spoken: qsTrId("shell.switch_language")
            bold: true
            onClicked: root.kiosk.switchLanguage()
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.hairline
        color: Theme.colour.line
    }
}
