pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import kiosk.ui.controls

// The same on each screen: back and title on the left, the person and the comforts on the right.
// Its height, and the place of all that can be tapped, follow from the window and the text size
// alone: no title moves them. Where the title has no room beside them, it has a line of its own.
Rectangle {
    id: root

    required property Kiosk kiosk
    required property string title

    readonly property int inner: width - 2 * Theme.margin
    // Words of the bar grow with the text as far as a low or narrow window, and their own length,
    // let them.
    readonly property int word: Math.max(Math.round(4 * Theme.mm), Math.min(Theme.small, Math.round(0.033 * width), Math.round((Theme.low ? 0.05 : 0.06) * Window.height), longestWord))
    readonly property int longestWord: Math.floor((inner - beneath) / (written.advanceWidth / 100 + 1.2 * (written.back / 100 + 1.25) + 4.6))
    // What does not grow with them: the edges of the buttons, and what lies between.
    readonly property int beneath: 2 * back.sidePad + 5 * Math.round(3.2 * Theme.mm) + 6 * Theme.gap + 2 * Theme.pad
    readonly property int line: end.implicitHeight
    readonly property int nameRoom: Math.round(4.6 * word)
    // As if somebody were signed in, so that signing in moves nothing.
    readonly property int needed: back.implicitWidth + nameRoom + end.implicitWidth + rest.implicitWidth + 2 * comforts.spacing + 2 * Theme.pad
    readonly property bool wide: needed + 7 * Theme.title <= inner
    // The start has no way back, and its name stands there.
    readonly property bool beside: wide || kiosk.atHome
    readonly property int strip: beside ? 0 : Math.ceil(1.36 * heading.largest)

    signal backPressed
    signal readPressed
    signal endPressed

    implicitHeight: line + 2 * Theme.gap + strip
    color: Theme.colour.card
    Accessible.role: Accessible.ToolBar
    Accessible.name: root.title

    TextMetrics {
        id: written

        readonly property real back: backWord.advanceWidth

        font.family: Theme.reading
        font.bold: true
        font.pixelSize: 100
        text: qsTrId("shell.end_session") + (root.kiosk.reader.there ? qsTrId("shell.read_word") : "") + qsTrId("shell.contrast_word") + qsTrId("shell.text_word") + root.kiosk.languages
    }

    TextMetrics {
        id: backWord

        font: written.font
        text: qsTrId("shell.back")
    }

    SecondaryButton {
        id: back

        objectName: "back"
        x: Theme.margin
        y: Theme.gap
        height: root.line
        visible: !root.kiosk.atHome
        icon: "arrow-left"
        size: Math.min(Theme.body, Math.round(1.2 * root.word))
        text: qsTrId("shell.back")
        onClicked: root.backPressed()
    }

    Title {
        id: heading

        readonly property int largest: Theme.low ? Math.max(root.word, Math.min(Theme.title, Math.round(0.085 * root.Window.height))) : Theme.title

        objectName: "title"
        x: root.beside && back.visible ? back.x + back.width + Theme.pad : Theme.margin
        y: root.beside ? Theme.gap : root.line + Math.round(1.5 * Theme.gap)
        width: root.beside ? comforts.x - Theme.pad - x : root.inner
        height: root.beside ? root.line : root.strip
        text: root.title
        verticalAlignment: Text.AlignVCenter
        // A long title is smaller, and stands in more lines where that makes it larger.
        fontSizeMode: Text.Fit
        font.pixelSize: largest
        minimumPixelSize: Math.round(0.33 * largest)
    }

    Row {
        id: comforts

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: Theme.gap
        spacing: Theme.gap

        Column {
            id: person

            objectName: "person"
            anchors.verticalCenter: parent.verticalCenter
            width: root.nameRoom
            visible: root.kiosk.signedIn
            Accessible.role: Accessible.StaticText
            Accessible.name: root.kiosk.personName

            AppIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.kiosk.official ? "id-badge-2" : "user"
                colour: Theme.colour.tea
                size: end.pictureSize
            }

            AppText {
                width: parent.width
                height: Math.ceil(1.5 * root.word)
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                text: root.kiosk.personName
                color: Theme.colour.tea
                fontSizeMode: Text.Fit
                font.pixelSize: root.word
                minimumPixelSize: Math.round(0.4 * root.word)
                maximumLineCount: 2
                Accessible.ignored: true
            }
        }

        BarButton {
            id: end

            objectName: "end_session"
            visible: root.kiosk.signedIn
            size: root.word
            icon: "door-exit"
            ink: Theme.colour.care
            edge: Theme.colour.care
            word: qsTrId("shell.end_session")
            onClicked: root.endPressed()
        }

        Row {
            id: rest

            spacing: comforts.spacing

            BarButton {
                objectName: "read_aloud"
                visible: root.kiosk.reader.there
                size: root.word
                icon: checked ? "player-stop" : "volume"
                checked: root.kiosk.reader.speaking
                word: checked ? qsTrId("shell.stop_word") : qsTrId("shell.read_word")
                longest: checked ? qsTrId("shell.read_word") : qsTrId("shell.stop_word")
                spoken: checked ? qsTrId("shell.stop_reading") : qsTrId("shell.read_aloud")
                onClicked: root.readPressed()
            }

            BarButton {
                objectName: "contrast"
                size: root.word
                icon: "contrast-2"
                checked: root.kiosk.highContrast
                word: qsTrId("shell.contrast_word")
                spoken: qsTrId("shell.contrast")
                onClicked: root.kiosk.switchContrast()
            }

            BarButton {
                id: size

                objectName: "text_size"
                size: root.word
                icon: ""
                word: qsTrId("shell.text_word")
                spoken: qsTrId("shell.text_size")
                settle: 0
                onClicked: root.kiosk.nextTextStep()

                picture: [
                    Row {
                        anchors.horizontalCenter: parent.horizontalCenter
                        anchors.bottom: parent.bottom
                        spacing: Math.round(0.06 * size.pictureSize)

                        AppText {
                            y: sample.baselineOffset - baselineOffset
                            text: qsTrId("shell.text_sample")
                            color: size.writing
                            font.pixelSize: Math.round(0.58 * size.pictureSize)
                            font.bold: true
                            Accessible.ignored: true
                        }

                        AppText {
                            id: sample

                            text: qsTrId("shell.text_sample")
                            color: size.writing
                            font.pixelSize: Math.round(0.95 * size.pictureSize)
                            font.bold: true
                            Accessible.ignored: true
                        }
                    }
                ]
            }

            BarButton {
                objectName: "language"
                size: root.word
                icon: "language"
                word: root.kiosk.languages
                spoken: qsTrId("shell.switch_language").arg(root.kiosk.nextLanguage)
                onClicked: root.kiosk.switchLanguage()
            }
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
