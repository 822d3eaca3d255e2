pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// The person, and the two things one comes to the desk for.
ColumnLayout {
    id: root

    required property EnrolmentModel form
    required property bool low

    signal cardWanted

    spacing: Theme.pad

    Card {
        Layout.fillWidth: true

        Title {
            objectName: "enrol.name"
            Layout.fillWidth: true
            text: root.form.name
        }

        AppText {
            Layout.fillWidth: true
            text: root.form.house
            color: Theme.colour.inkSoft
            font.pixelSize: Theme.large
        }
    }

    Notice {
        visible: root.form.enrolled
        icon: "circle-check"
        text: qsTrId("enrolment.joined_already")
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.maximumHeight: Math.max(implicitHeight, Math.round(95 * Theme.mm))
        most: 2

        Tile {
            objectName: "enrol.begin"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: root.low
            tone: root.form.enrolled ? "plain" : "tea"
            icon: "user-plus"
            text: root.form.enrolled ? qsTrId("enrolment.choose_anew") : qsTrId("enrolment.join")
            detail: root.form.enrolled ? qsTrId("enrolment.choose_anew_detail") : qsTrId("enrolment.join_detail")
            onClicked: root.form.begin()
        }

        Tile {
            objectName: "enrol.card_only"
            visible: root.form.hadCard
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            beside: root.low
            icon: "id"
            text: qsTrId("enrolment.card_only")
            detail: qsTrId("enrolment.card_only_detail")
            onClicked: root.cardWanted()
        }
    }
}
