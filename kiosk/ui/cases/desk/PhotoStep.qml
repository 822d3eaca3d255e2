pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// One photograph as large as the screen, and the way to the next.
ColumnLayout {
    id: root

    required property CaseModel dossier
    // The height there is.
    required property int tallest

    spacing: Theme.gap

    Rectangle {
        objectName: "case.photo"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.minimumHeight: Math.max(Math.round(40 * Theme.mm), root.tallest - ending.height - root.spacing)
        radius: Theme.radius
        color: Theme.colour.card
        border.width: Theme.hairline
        border.color: Theme.colour.line
        Accessible.role: Accessible.Graphic
        Accessible.name: root.dossier.words.photo

        Image {
            anchors.fill: parent
            anchors.margins: Theme.gap
            source: root.dossier.photo
            asynchronous: true
            cache: false
            mipmap: true
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }
    }

    ColumnLayout {
        id: ending

        Layout.fillWidth: true
        spacing: Theme.gap

        AppText {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: root.dossier.words.photo
            color: Theme.colour.inkSoft
        }

        GridLayout {
            Layout.fillWidth: true
            visible: root.dossier.photos.length > 1
            columns: before.implicitWidth + after.implicitWidth + columnSpacing > root.width ? 1 : 2
            columnSpacing: Theme.gap
            rowSpacing: Theme.gap
            uniformCellWidths: true

            QuietButton {
                id: before

                objectName: "case.photo.before"
                Layout.fillWidth: true
                enabled: root.dossier.photoNow > 0
                icon: "arrow-left"
                text: qsTrId("desk_screen.photo_before")
                onClicked: root.dossier.look(root.dossier.photoNow - 1)
            }

            QuietButton {
                id: after

                objectName: "case.photo.after"
                Layout.fillWidth: true
                enabled: root.dossier.photoNow < root.dossier.photos.length - 1
                icon: "arrow-right"
                text: qsTrId("desk_screen.photo_after")
                onClicked: root.dossier.look(root.dossier.photoNow + 1)
            }
        }
    }
}
