pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A field, and at most twenty households below it; a tap chooses one.
ColumnLayout {
    id: root

    required property Kiosk kiosk
    // Before the names "search" and "household.0", by which tests find them.
    required property string prefix
    // What stands there before anything was typed; nothing when it is empty.
    property string begin
    property string beginDetail
    property string nobodyDetail: qsTrId("signs.nobody_found_detail")

    signal chosen(int id)

    function clear() {
        field.clear();
    }

    spacing: Theme.cramped ? Math.round(0.5 * Theme.gap) : Theme.pad

    HouseholdSearch {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    SearchBar {
        id: field

        prefix: root.prefix
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
                required property HouseholdRow modelData
                required property int index

                objectName: `${root.prefix}household.${index}`
                text: modelData.house
                aside: modelData.premises
                detail: modelData.names
                tappable: true
                slim: Theme.cramped
                last: index === model.rows.length - 1
                onClicked: {
                    root.kiosk.putKeyboardAway();
                    root.chosen(modelData.householdId);
                }
            }
        }
    }

    EmptyState {
        visible: model.rows.length === 0 && (model.searched || root.begin !== "")
        icon: model.searched ? "search" : "home-star"
        text: model.searched ? qsTrId("signs.nobody_found") : root.begin
        detail: model.searched ? root.nobodyDetail : root.beginDetail
    }
}
