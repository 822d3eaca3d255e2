pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// The household that somebody belongs to, found while typing.
ColumnLayout {
    id: root

    required property Kiosk kiosk

    signal chosen(int id)

    function clear() {
        field.clear();
    }

    spacing: Theme.cramped ? Math.round(0.5 * Theme.gap) : Theme.pad

    HouseholdSearch {
        id: search

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: search.error
    }

    SearchField {
        id: field

        objectName: "corrections.search"
        Layout.fillWidth: true
        label: qsTrId("signs.search")
        hint: qsTrId("signs.search_hint")
        hints: Qt.ImhPreferNumbers
        onTypedChanged: search.find(typed)
    }

    RowCard {
        Layout.fillWidth: true
        visible: search.rows.length > 0

        Repeater {
            model: search.rows

            ListRow {
                required property var modelData
                required property int index

                objectName: `corrections.household.${index}`
                text: modelData.house
                aside: modelData.premises
                detail: modelData.names
                tappable: true
                slim: Theme.cramped
                last: index === search.rows.length - 1
                onClicked: {
                    root.kiosk.putKeyboardAway();
                    root.chosen(modelData.id);
                }
            }
        }
    }

    EmptyState {
        visible: search.searched && search.rows.length === 0
        icon: "search"
        text: qsTrId("signs.nobody_found")
        detail: qsTrId("corrections.not_there")
    }
}
