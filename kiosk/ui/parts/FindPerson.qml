pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// A field, and a few people below it; a tap chooses one.
ColumnLayout {
    id: root

    required property Kiosk kiosk
    // Before the names by which tests find what is here, with its dot.
    required property string prefix
    required property string label
    property string hint: label
    // What stands there before anything was typed, nothing when it is empty; and when nobody was found.
    required property string begin
    required property string beginDetail
    property string beginIcon: "users"
    required property string nobody
    required property string nobodyDetail

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

        prefix: root.prefix
        label: root.label
        hint: root.hint
        count: model.count
        onTypedChanged: model.find(typed)
    }

    AppText {
        objectName: `${root.prefix}wanted`
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
                required property PersonRow modelData

                objectName: `${root.prefix}person.${index}`
                letter: modelData.letter
                text: modelData.name
                aside: modelData.pinyin
                detail: modelData.house
                tappable: true
                slim: Theme.cramped
                last: index === model.rows.length - 1
                onClicked: {
                    root.kiosk.putKeyboardAway();
                    root.chosen(modelData.residentId);
                }
            }
        }
    }

    Notice {
        objectName: `${root.prefix}more`
        visible: model.more !== ""
        tone: "gold"
        icon: "users"
        text: model.more
    }

    EmptyState {
        visible: model.rows.length === 0 && model.more === "" && (model.nobody || root.begin !== "")
        icon: model.nobody ? "search" : root.beginIcon
        text: model.nobody ? root.nobody : root.begin
        detail: model.nobody ? root.nobodyDetail : root.beginDetail
    }

    Item {
        Layout.fillHeight: true
    }
}
