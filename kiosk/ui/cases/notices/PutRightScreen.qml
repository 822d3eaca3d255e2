pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// How was it put right? Three concrete ways; once somebody confirms it, the matter ends at once.
Page {
    id: root

    property int caseId: 0

    title: model.said ? qsTrId("my_record.put_right_said") : qsTrId("my_record.put_right_how")
    filling: true
    unfinished: !model.said && model.ready
    Component.onCompleted: model.open(caseId)

    PutRightModel {
        id: model

        kiosk: root.kiosk
        onSaidChanged: root.scrollUp()
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        Layout.fillWidth: true
        visible: model.there
        icon: "leaf"
        heading: model.subject
        text: model.circumstances
    }

    Choices {
        Layout.fillWidth: true
        visible: model.there && !model.said
        narrowest: 70
        most: 3
        choices: model.ways
        named: "put_right"
        byKey: true
        onChosen: key => model.choose(key)
    }

    TextEntry {
        id: field

        objectName: "put_right.words"
        Layout.fillWidth: true
        visible: model.there && !model.said
        several: true
        longest: 400
        label: qsTrId("my_record.reply_words")
        hint: qsTrId("my_record.reply_words")
        icon: "pencil"
        size: Theme.body
    }

    Card {
        objectName: "put_right.said"
        Layout.fillWidth: true
        visible: model.said

        EmptyState {
            icon: "circle-check"
            text: qsTrId("my_record.put_right_next")
            detail: qsTrId("my_record.put_right_next_detail")
        }
    }

    Item {
        Layout.fillHeight: true
    }

    foot: [
        PrimaryButton {
            objectName: "put_right.hand_in"
            weighty: true
            Layout.fillWidth: true
            visible: model.there && !model.said
            enabled: model.ready && !model.busy
            icon: "check"
            text: qsTrId("my_record.put_right_hand_in")
            onClicked: {
                InputMethod.commit();
                model.handIn(field.text);
            }
        },
        PrimaryButton {
            objectName: "put_right.done"
            Layout.fillWidth: true
            visible: model.said
            icon: "notebook"
            text: qsTrId("my_record.to_my_record")
            onClicked: root.kiosk.replace("my_record")
        }
    ]

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
