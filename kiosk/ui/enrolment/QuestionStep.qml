pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One plain question; who answers something else hears the sentence again, and answers anew.
ColumnLayout {
    id: root

    required property EnrolmentModel form

    // Something that is said about the answer shall be in sight.
    signal said(Item what)

    spacing: Theme.pad

    Item {
        Layout.fillHeight: true
    }

    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        text: root.form.question.place
        color: Theme.colour.inkSoft
    }

    Title {
        objectName: "enrol.question"
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.gap
        horizontalAlignment: Text.AlignHCenter
        text: root.form.question.text
    }

    Repeater {
        model: root.form.question.answers

        Say {
            required property AnswerRow modelData

            objectName: `enrol.answer.${modelData.key}`
            Layout.fillWidth: true
            Layout.maximumWidth: Math.round((180 + 40 * Theme.textStep) * Theme.mm)
            Layout.alignment: Qt.AlignHCenter
            size: Theme.large
            chosen: root.form.question.chosen === modelData.key
            mistaken: chosen && !root.form.question.right
            text: modelData.text
            onClicked: root.form.answer(modelData.key)
        }
    }

    Notice {
        id: again

        objectName: "enrol.again"
        Layout.topMargin: Theme.gap
        visible: text !== ""
        tone: "voice"
        icon: "message-2"
        heading: qsTrId("enrolment.once_more")
        text: root.form.question.again
        onTextChanged: if (text !== "")
            Qt.callLater(root.said, again)
    }

    Notice {
        id: right

        objectName: "enrol.right"
        Layout.topMargin: Theme.gap
        visible: root.form.question.right
        onVisibleChanged: if (visible)
            Qt.callLater(root.said, right)
        icon: "circle-check"
        text: qsTrId("enrolment.right")
    }

    Item {
        Layout.fillHeight: true
    }
}
