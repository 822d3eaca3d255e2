pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Each purpose has its own yes and no, and neither is chosen before the person says so.
ColumnLayout {
    id: root

    required property EnrolmentModel form

    spacing: Theme.pad

    AppText {
        Layout.fillWidth: true
        text: qsTrId("enrolment.choose_note")
        color: Theme.colour.inkSoft
    }

    RowCard {
        Layout.fillWidth: true

        Repeater {
            model: root.form.purposes

            ListRow {
                id: purpose

                required property int index
                required property PurposeRow modelData

                text: modelData.title
                detail: modelData.detail
                last: index === root.form.purposes.length - 1

                Say {
                    objectName: `enrol.yes.${purpose.modelData.key}`
                    chosen: purpose.modelData.yes
                    text: qsTrId("enrolment.yes")
                    spoken: qsTrId("enrolment.yes_to").arg(purpose.modelData.title)
                    onClicked: root.form.choose(purpose.modelData.key, true)
                }

                Say {
                    objectName: `enrol.no.${purpose.modelData.key}`
                    chosen: purpose.modelData.no
                    text: qsTrId("enrolment.no")
                    spoken: qsTrId("enrolment.no_to").arg(purpose.modelData.title)
                    onClicked: root.form.choose(purpose.modelData.key, false)
                }
            }
        }
    }
}
