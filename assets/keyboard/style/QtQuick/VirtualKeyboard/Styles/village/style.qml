import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Styles
import kiosk.ui.controls
import kiosk.ui.shell

// Light, flat keys on warm paper, as large as every other thing to touch.
KeyboardStyle {
    id: root

    readonly property int gap: Math.round(Theme.gap / 2)
    readonly property int letters: Math.round(8 * Theme.mm)
    readonly property int captions: Math.min(Theme.body, Math.round(6.5 * Theme.mm))

    component Face: Rectangle {
        property bool held: false
        property color ground: Theme.colour.card
        property color groundHeld: Theme.colour.pressed
        readonly property bool turned: Theme.highContrast && held

        anchors.fill: parent
        anchors.margins: root.gap
        radius: Theme.radiusSmall
        color: turned ? Theme.colour.ink : held ? groundHeld : ground
        border.width: Theme.hairline
        border.color: Theme.colour.line
    }

    keyboardDesignWidth: KeyboardPlan.width
    keyboardDesignHeight: KeyboardPlan.height
    keyboardRelativeLeftMargin: KeyboardPlan.side / KeyboardPlan.width
    keyboardRelativeRightMargin: KeyboardPlan.side / KeyboardPlan.width
    keyboardRelativeTopMargin: KeyboardPlan.edge / KeyboardPlan.height
    keyboardRelativeBottomMargin: KeyboardPlan.below / KeyboardPlan.height

    keyboardBackground: Rectangle {
        color: Theme.colour.pressed

        Rectangle {
            width: parent.width
            height: Theme.hairline
            color: Theme.colour.line
        }
    }

    keyPanel: KeyPanel {
        id: letterKey

        Face {
            id: letterFace

            held: letterKey.control.pressed

            AppText {
                anchors.centerIn: parent
                text: letterKey.control.uppercased ? letterKey.control.displayText.toUpperCase() : letterKey.control.displayText
                color: letterFace.turned ? Theme.colour.card : Theme.colour.ink
                font.pixelSize: root.letters
                wrapMode: Text.NoWrap
            }
        }
    }

    component Quiet: KeyPanel {
        id: quietKey

        property string icon
        property string caption
        property bool lit: false

        Face {
            id: quietFace

            held: quietKey.control.pressed
            ground: quietKey.lit ? Theme.colour.teaSoft : Theme.colour.line
            color: turned || (Theme.highContrast && !held) ? (turned ? Theme.colour.ink : Theme.colour.card) : held ? groundHeld : ground

            Row {
                anchors.centerIn: parent
                spacing: Theme.mm

                AppIcon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: quietKey.icon
                    size: Math.round(1.2 * root.letters)
                    colour: quietFace.turned ? Theme.colour.card : Theme.colour.ink
                }

                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: text !== ""
                    text: quietKey.caption
                    color: quietFace.turned ? Theme.colour.card : Theme.colour.ink
                    font.pixelSize: root.captions
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    backspaceKeyPanel: Quiet {
        icon: "backspace"
        caption: control.width > Math.round(32 * Theme.mm) ? KeyboardPlan.remove : ""
    }

    languageKeyPanel: Quiet {
        caption: InputContext.locale.startsWith("zh") ? KeyboardPlan.english : KeyboardPlan.chinese
    }

    symbolKeyPanel: Quiet {
        caption: control.displayText
    }

    shiftKeyPanel: Quiet {
        icon: "arrow-big-up"
        lit: InputContext.capsLockActive || InputContext.shiftActive
    }

    enterKeyPanel: Quiet {
        icon: "check"
    }

    modeKeyPanel: Quiet {
        caption: control.displayText
    }

    handwritingKeyPanel: Quiet {}

    spaceKeyPanel: KeyPanel {
        id: spaceKey

        Face {
            id: spaceFace

            held: spaceKey.control.pressed

            AppText {
                anchors.centerIn: parent
                text: InputContext.locale.startsWith("zh") ? KeyboardPlan.chinese : KeyboardPlan.english
                color: spaceFace.turned ? Theme.colour.card : Theme.colour.inkSoft
                font.pixelSize: root.captions
                wrapMode: Text.NoWrap
            }
        }
    }

    hideKeyPanel: KeyPanel {
        id: hideKey

        Face {
            id: hideFace

            held: hideKey.control.pressed
            ground: Theme.colour.tea
            groundHeld: Theme.colour.teaPressed
            color: Theme.highContrast ? (held ? Theme.colour.card : Theme.colour.tea) : held ? groundHeld : ground

            AppText {
                anchors.centerIn: parent
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: KeyboardPlan.hide
                color: Theme.highContrast && hideFace.held ? Theme.colour.ink : Theme.colour.onTea
                font.pixelSize: root.captions
                font.bold: true
            }
        }
    }

    // A key is large and shows its own press: nothing pops up above the finger.
    characterPreviewDelegate: Item {
        property string text
        property string flickLeft
        property string flickTop
        property string flickRight
        property string flickBottom
    }

    selectionListHeight: KeyboardPlan.candidates

    selectionListBackground: Rectangle {
        color: Theme.colour.card

        Rectangle {
            width: parent.width
            height: Theme.hairline
            color: Theme.colour.line
        }
    }

    selectionListDelegate: SelectionListItem {
        id: candidate

        width: Math.max(Theme.target + Theme.gap, words.implicitWidth + 4 * Theme.gap)

        Rectangle {
            anchors.fill: parent
            anchors.margins: root.gap
            radius: Theme.radiusSmall
            color: candidate.ListView.isCurrentItem ? Theme.colour.teaSoft : Theme.colour.card
        }

        AppText {
            id: words

            anchors.centerIn: parent
            // A role of the list's model.
            text: display
            font.pixelSize: KeyboardPlan.candidateSize
            wrapMode: Text.NoWrap
        }
    }

    alternateKeysListItemWidth: Theme.target
    alternateKeysListItemHeight: Theme.target
}
