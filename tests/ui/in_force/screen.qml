pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Officers: the names of the rules in force.
Page {
    id: root

    title: qsTrId("rules.in_force")

    InForceModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.rows.length > 0

        Repeater {
            model: model.rows

            ListRow {
                required property int index
                required property InForceRow modelData

                objectName: `in_force.${index}`
                text: modelData.title
                last: index === model.rows.length - 1
            }
        }
    }
}
