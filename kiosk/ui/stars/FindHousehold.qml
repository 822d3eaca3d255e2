pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// A field, and at most twenty households below it.
ColumnLayout {
    id: root

    required property Kiosk kiosk

    signal chosen(int id)

    spacing: Theme.cramped ? Math.round(0.5 * Theme.gap) : Theme.pad

    HouseholdSearch {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    SearchBar {
        prefix: "signs."
        count: model.count
        label: qsTrId("signs.search")
        hint: qsTrId("signs.search_hint")
        hints: Qt.ImhPreferNumbers
        onTypedChanged: model.find(typed)
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property var modelData
                required property int index

                objectName: `signs.household.${index}`
                text: modelData.house
                aside: modelData.premises
                detail: modelData.names
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

    EmptyState {
        visible: model.rows.length === 0
        icon: model.searched ? "search" : "home-star"
        text: model.searched ? qsTrId("signs.nobody_found") : qsTrId("signs.search_begin")
        detail: model.searched ? qsTrId("signs.nobody_found_detail") : qsTrId("signs.search_begin_detail")
    }

    Notice {
        tone: "voice"
        text: qsTrId("signs.seen")
    }
}
