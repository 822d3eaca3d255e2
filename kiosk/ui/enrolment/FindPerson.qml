pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Who stands at the desk: a field, and at most twenty people below it.
ColumnLayout {
    id: root

    required property Kiosk kiosk

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

        prefix: "enrol."
        count: model.count
        label: qsTrId("enrolment.search")
        hint: qsTrId("enrolment.search_hint")
        onTypedChanged: model.find(typed)
    }

    AppText {
        objectName: "enrol.wanted"
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
                required property var modelData
                required property int index

                objectName: `enrol.person.${index}`
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
        objectName: "enrol.more"
        visible: model.more !== ""
        tone: "gold"
        icon: "users"
        text: model.more
    }

    EmptyState {
        visible: model.rows.length === 0
        icon: model.nobody ? "search" : "user-plus"
        text: model.nobody ? qsTrId("enrolment.nobody") : qsTrId("enrolment.begin")
        detail: model.nobody ? qsTrId("enrolment.nobody_detail") : qsTrId("enrolment.begin_detail")
    }
}
