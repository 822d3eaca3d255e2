pragma ComponentBehavior: Bound

import QtQuick

// A field to write in. No context menu, no clipboard, no drag and drop; the keyboard learns nothing.
FocusScope {
    id: root

    required property string label
    property alias text: input.text
    property string hint
    property string icon
    property string trailing
    property int longest: 60
    property bool several: false
    property int hints: Qt.ImhNone
    property int size: Theme.large
    // What is spelled stays as it was spelled: people are found by letters, and the keyboard's first
    // guess at them would be a wrong name.
    property bool literal: false
    // What is being spelled but not yet chosen, so that a search can follow each letter.
    readonly property string typed: input.text + input.preeditText

    signal accepted

    function clear() {
        InputMethod.reset();
        input.clear();
    }

    function keepLetters() {
        const spelled = input.preeditText;
        if (spelled === "")
            return;
        const place = input.cursorPosition;
        InputMethod.reset();
        input.insert(place, spelled);
    }

    implicitWidth: Math.round(80 * Theme.mm)
    implicitHeight: Theme.cramped && !several ? Math.max(Theme.target, Math.round(1.3 * size) + Theme.gap) : Math.max(Theme.target + Theme.gap, Math.round((several ? (Theme.cramped ? 2 : 3.2) : 1) * 1.45 * size) + 2 * Theme.gap)
    Accessible.role: Accessible.EditableText
    Accessible.name: root.label
    Accessible.editable: true
    // The keyboard goes with the page that it belonged to.
    onVisibleChanged: if (!visible && input.activeFocus) {
        focus = false;
        InputMethod.hide();
    }

    Connections {
        target: TapClock
        enabled: root.literal && input.activeFocus

        function onTapping() {
            root.keepLetters();
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.colour.card
        border.width: input.activeFocus ? Math.round(1.4 * Theme.stroke) : Theme.stroke
        border.color: input.activeFocus ? Theme.colour.tea : Theme.colour.edge
    }

    AppIcon {
        id: picture

        anchors.left: parent.left
        anchors.leftMargin: Theme.pad
        // Beside the first line, also when there is room for several.
        anchors.verticalCenter: root.several ? parent.top : parent.verticalCenter
        anchors.verticalCenterOffset: root.several ? Theme.gap + Math.round(0.72 * root.size) : 0
        name: root.icon
        colour: Theme.colour.tea
        size: Math.round(1.4 * root.size)
    }

    AppText {
        anchors.left: scroller.left
        anchors.right: scroller.right
        anchors.top: root.several ? scroller.top : undefined
        anchors.verticalCenter: root.several ? undefined : parent.verticalCenter
        visible: root.typed === ""
        text: root.hint
        color: Theme.colour.inkSoft
        elide: Text.ElideRight
        // A hint in one line is smaller rather than cut.
        fontSizeMode: root.several ? Text.FixedSize : Text.HorizontalFit
        minimumPixelSize: Math.min(font.pixelSize, Math.round(4 * Theme.mm))
        wrapMode: root.several ? Text.Wrap : Text.NoWrap
        Accessible.ignored: true
    }

    Flickable {
        id: scroller

        anchors.left: picture.visible ? picture.right : parent.left
        anchors.right: ending.visible ? ending.left : parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.pad
        anchors.rightMargin: Theme.pad
        anchors.topMargin: Theme.gap
        anchors.bottomMargin: Theme.gap
        clip: true
        interactive: false
        contentWidth: width
        contentHeight: Math.max(height, input.height)
        contentY: Math.max(0, input.cursorRectangle.y + input.cursorRectangle.height - height)

        TextEdit {
            id: input

            objectName: root.objectName === "" ? "" : `${root.objectName}.input`
            width: scroller.width
            height: root.several ? Math.max(implicitHeight, scroller.height) : scroller.height
            focus: true
            activeFocusOnTab: true
            textFormat: TextEdit.PlainText
            wrapMode: root.several ? TextEdit.Wrap : TextEdit.NoWrap
            verticalAlignment: root.several ? TextEdit.AlignTop : TextEdit.AlignVCenter
            selectByMouse: false
            selectByKeyboard: false
            persistentSelection: false
            color: Theme.colour.ink
            font.family: Theme.reading
            font.pixelSize: root.size
            inputMethodHints: root.hints | Qt.ImhSensitiveData | Qt.ImhNoAutoUppercase | (root.several ? Qt.ImhMultiLine : 0)
            Accessible.name: root.label
            cursorDelegate: Rectangle {
                width: Theme.stroke
                visible: input.activeFocus
                color: Theme.colour.tea
            }
            Keys.onShortcutOverride: event => event.accepted = (event.modifiers & Qt.ControlModifier)
            Keys.onPressed: event => {
                const entered = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                const shortcut = (event.modifiers & Qt.ControlModifier) || event.key === Qt.Key_Paste || event.key === Qt.Key_Copy || event.key === Qt.Key_Cut || (event.key === Qt.Key_Insert) || (event.key === Qt.Key_Delete && (event.modifiers & Qt.ShiftModifier));
                event.accepted = entered || shortcut;
                if (entered)
                    root.accepted();
            }
            onTextChanged: {
                // No guesses at a next word, which are of no use in a search.
                if (root.literal && preeditText === "")
                    Qt.callLater(InputMethod.reset);
                if (text.length <= root.longest)
                    return;
                text = text.slice(0, root.longest);
                cursorPosition = text.length;
            }
        }
    }

    AppText {
        id: ending

        anchors.right: parent.right
        anchors.rightMargin: Theme.pad
        anchors.verticalCenter: parent.verticalCenter
        visible: text !== "" && implicitWidth < 0.5 * root.width
        text: root.trailing
        color: Theme.colour.inkSoft
        wrapMode: Text.NoWrap
        font.pixelSize: Theme.small
    }

    MouseArea {
        anchors.fill: parent
        onClicked: {
            input.forceActiveFocus();
            input.cursorPosition = input.length;
            InputMethod.show();
        }
    }
}
