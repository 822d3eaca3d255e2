pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// You asked to leave: until when, and with whose card. One tap takes it back.
Page {
    id: root

    // Where the person goes afterwards.
    property string then: "my_record"
    property var thenWith: ({})

    function goOn() {
        kiosk.replace(then, thenWith);
    }

    title: model.stays ? qsTrId("sign_in.stays_title") : qsTrId("sign_in.leaving_title")
    ownBack: true
    filling: true
    onBackPressed: root.goOn()

    LeavingModel {
        id: model

        kiosk: root.kiosk
        onFinished: root.goOn()
        onWishChanged: root.scrollUp()
    }

    ErrorBanner {
        text: model.error
    }

    Telling {
        objectName: "leaving.wish"
        Layout.fillWidth: true
        Layout.fillHeight: true
        visible: model.until !== "" && !model.stays
        reader: root.kiosk.reader
        readName: "leaving.read"
        icon: "door-exit"
        place: ""
        heading: model.until

        AppText {
            objectName: "leaving.asked"
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap
            text: model.asked
            font.pixelSize: Theme.title
        }

        AppText {
            Layout.fillWidth: true
            text: qsTrId("sign_in.leaving_stay_detail")
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.large
        }

        Notice {
            Layout.topMargin: Theme.gap
            tone: "voice"
            icon: "info-circle"
            text: qsTrId("sign_in.leaving_why")
        }
    }

    EmptyState {
        objectName: "leaving.stays"
        visible: model.stays
        icon: "circle-check"
        text: qsTrId("sign_in.stays")
        detail: qsTrId("sign_in.stays_detail")
    }

    foot: GridLayout {
        Layout.fillWidth: true
        columns: stay.visible && stay.implicitWidth + on.implicitWidth + columnSpacing <= root.room ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gap
        uniformCellWidths: true

        PrimaryButton {
            id: stay

            objectName: "leaving.stay"
            weighty: true
            Layout.fillWidth: true
            visible: model.until !== "" && !model.stays
            enabled: !model.busy
            icon: "arrow-back-up"
            text: qsTrId("my_data.remain")
            onClicked: model.stay()
        }

        SecondaryButton {
            id: on

            objectName: "leaving.go_on"
            Layout.fillWidth: true
            enabled: !model.busy
            icon: "arrow-right"
            text: qsTrId("sign_in.disowned_go_on")
            onClicked: root.goOn()
        }
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
