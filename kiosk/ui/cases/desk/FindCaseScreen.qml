pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Somebody comes with a slip and asks how far it is: its number leads to the case.
Page {
    id: root

    readonly property bool wide: width > height && room > (170 + 50 * Theme.textStep) * Theme.mm

    title: qsTrId("desk_screen.find_title")
    filling: true

    FindCaseModel {
        id: model

        kiosk: root.kiosk
        onNumberRefused: pad.clear()
        onFound: caseId => root.kiosk.replace("case", {
                "caseId": caseId,
                "asked": true
            })
    }

    ErrorBanner {
        text: model.error
    }

    ReferencePad {
        id: pad

        Layout.fillWidth: true
        Layout.fillHeight: true
        wide: root.wide
        tallest: root.free - 2 * root.edge
        question: qsTrId("desk_screen.find_question")
        detail: qsTrId("desk_screen.find_detail")
        deleteText: qsTrId("panel.delete")
        onEntered: digits => model.find(digits)
    }

    BusyVeil {
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
