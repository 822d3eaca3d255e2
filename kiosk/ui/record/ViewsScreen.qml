pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Everybody who looked at one's record, when, and why.
Page {
    id: root

    title: qsTrId("my_record.who_looked")

    ViewsModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        icon: "shield-check"
        text: qsTrId("my_record.views_note")
    }

    Card {
        Layout.fillWidth: true
        visible: model.there && model.views.length === 0

        EmptyState {
            icon: "eye"
            text: qsTrId("access.nobody_looked")
        }
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.views.length > 0

        Repeater {
            id: looks

            model: model.views

            ListRow {
                required property int index
                required property ViewRow modelData

                objectName: `view.${index}`
                text: modelData.who
                aside: modelData.why
                detail: modelData.when
                last: index === model.views.length - 1
            }
        }
    }
}
