pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Photographs from a drive that was brought; without one, how to bring it, in a sentence.
ColumnLayout {
    id: root

    required property PhotosModel photos
    readonly property bool without: photos.looked && !photos.driveIn
    readonly property bool bare: photos.driveIn && photos.count === 0

    spacing: Theme.pad

    Chip {
        objectName: "report.photos.kept"
        Layout.maximumWidth: root.width
        visible: text !== ""
        tone: "tea"
        icon: "circle-check"
        text: root.photos.keptWords
    }

    // Those that were taken from a drive that is not there any more.
    Flow {
        Layout.fillWidth: true
        visible: root.photos.loose.length > 0
        spacing: Theme.gap

        Repeater {
            model: root.photos.loose

            PhotoTile {
                required property int index
                required property LoosePhotoRow modelData

                objectName: `report.photos.out.${index}`
                width: Math.min(parent.width, Math.round(68 * Theme.mm))
                ground: Theme.colour.paper
                checked: true
                address: modelData.address
                text: qsTrId("report_screen.photo_out")
                onClicked: root.photos.leaveOut(modelData.place)
            }
        }
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        narrowest: 52
        most: 6

        Repeater {
            model: root.photos.count

            PhotoTile {
                required property int index

                objectName: `report.photo.${index}`
                Layout.fillWidth: true
                // One alone would be as wide as the screen.
                Layout.maximumWidth: Math.round(80 * Theme.mm)
                Layout.alignment: Qt.AlignTop
                ground: Theme.colour.paper
                role: Accessible.CheckBox
                address: root.photos.thumbs[index] ?? ""
                checked: root.photos.chosen[index] ?? false
                text: root.photos.captions[index] ?? ""
                spoken: qsTrId("report_screen.photo_spoken").arg(index + 1).arg(text)
                onClicked: root.photos.choose(index)
            }
        }
    }

    QuietButton {
        objectName: "report.photos.older"
        Layout.alignment: Qt.AlignHCenter
        Layout.maximumWidth: root.width
        visible: text !== ""
        icon: "chevron-down"
        text: root.photos.older
        onClicked: root.photos.showOlder()
    }

    AppText {
        objectName: "report.photos.unread"
        Layout.fillWidth: true
        visible: text !== ""
        text: root.photos.unread
        color: Theme.colour.inkSoft
    }

    Card {
        objectName: "report.photos.none"
        Layout.fillWidth: true
        visible: root.without || root.bare

        EmptyState {
            icon: "camera"
            text: root.without ? qsTrId("report_screen.photos_without") : qsTrId("report_screen.photos_bare")
            detail: root.without ? qsTrId("report_screen.photos_how") : qsTrId("report_screen.photos_bare_detail")
        }
    }

    Notice {
        icon: "eye-off"
        text: qsTrId("report_screen.photos_no_faces")
    }

    Item {
        Layout.fillHeight: true
    }
}
