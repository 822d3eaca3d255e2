pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// A field, and the people who are found below it; a tap chooses one.
ColumnLayout {
    id: root

    required property Kiosk kiosk

    // What stands there before anything was typed; nothing when it is empty.
    property string begin: qsTrId("report_screen.search_begin")

    signal chosen(int id)

    function clear() {
        field.clear();
    }

    spacing: Theme.cramped ? Math.round(0.5 * Theme.gap) : Theme.pad

    NeighbourSearch {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    SearchBar {
        id: field

        prefix: "report."
        label: qsTrId("report_screen.search")
        count: model.count
        onTypedChanged: model.find(typed)
    }

    AppText {
        objectName: "report.wanted"
        Layout.fillWidth: true
        visible: text !== ""
        text: model.wanted
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property int index
                required property var modelData

                objectName: `report.person.${index}`
                letter: modelData.letter
                text: modelData.name
                aside: modelData.pinyin
                detail: modelData.house
                tappable: true
                slim: Theme.cramped
                last: index === model.rows.length - 1
                onClicked: {
                    root.kiosk.putKeyboardAway();
                    root.chosen(modelData.id);
                }
            }
        }
    }

    Notice {
        visible: model.more !== ""
        tone: "gold"
        icon: "users"
        text: model.more
    }

    EmptyState {
        visible: model.rows.length === 0 && (model.nobody || root.begin !== "")
        icon: model.nobody ? "search" : "users"
        text: model.nobody ? qsTrId("report_screen.nobody") : root.begin
        detail: model.nobody ? qsTrId("report_screen.nobody_detail") : qsTrId("report_screen.search_begin_detail")
    }

    Item {
        Layout.fillHeight: true
    }
}
