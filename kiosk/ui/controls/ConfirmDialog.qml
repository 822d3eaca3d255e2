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

    signal confirmed

    function open() {
        opened = true;
    }
    function close() {
        opened = false;
    }

    label: question
    Accessible.name: question
    onDismissed: close()
    Accessible.role: Accessible.Dialog

    AppIcon {
        Layout.alignment: Qt.AlignHCenter
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

    PrimaryButton {
        objectName: "dialog.yes"
        weighty: true
        Layout.fillWidth: true
        Layout.topMargin: Theme.gap
        text: root.yes
        onClicked: {
            root.close();
            root.confirmed();
        }
    }

    SecondaryButton {
        objectName: "dialog.no"
        Layout.fillWidth: true
        size: Theme.large
        text: root.no
        onClicked: root.dismissed()
    }
}
