pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One question and two answers, each a verb. Call open(); `confirmed` or `dismissed` follows.
ModalCard {
    id: root

    required property string question
    property string explanation
    required property string yes
    required property string no
    property string icon
    property string tone: "tea"
    // What is asked for is seldom needed: the answer that leaves things alone comes first.
    property bool careful: false

    signal confirmed

    function open() {
        opened = true;
    }
    function close() {
        opened = false;
    }
    function agree() {
        close();
        confirmed();
    }

    label: question
    Accessible.name: question
    onDismissed: close()
    Accessible.role: Accessible.Dialog

    AppIcon {
        Layout.alignment: Qt.AlignHCenter
        visible: name !== "" && !root.low
        name: root.icon
        size: Math.round(15 * Theme.mm)
        colour: root.tone === "care" ? Theme.colour.care : Theme.colour.tea
    }

    Title {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.question
    }

    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        horizontalAlignment: Text.AlignHCenter
        text: root.explanation
    }

    foot: [
        PrimaryButton {
            objectName: root.careful ? "dialog.no" : "dialog.yes"
            weighty: !root.careful
            Layout.fillWidth: true
            text: root.careful ? root.no : root.yes
            onClicked: root.careful ? root.dismissed() : root.agree()
        },
        SecondaryButton {
            objectName: root.careful ? "dialog.yes" : "dialog.no"
            weighty: root.careful
            Layout.fillWidth: true
            size: Theme.large
            text: root.careful ? root.yes : root.no
            onClicked: root.careful ? root.agree() : root.dismissed()
        }
    ]
}
