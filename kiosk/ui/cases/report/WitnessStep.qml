pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Neighbours who saw it and are asked to say so; nobody is an answer too.
ColumnLayout {
    id: root

    required property Kiosk kiosk
    required property ReportModel form

    spacing: Theme.pad

    Notice {
        icon: "users"
        text: qsTrId("report_screen.witness_why")
    }

    RowCard {
        Layout.fillWidth: true
        visible: root.form.witnesses.length > 0

        Repeater {
            model: root.form.witnesses

            ListRow {
                id: row

                required property int index
                required property WitnessRow modelData

                objectName: `report.witness.${index}`
                letter: modelData.letter
                text: modelData.name
                last: index === root.form.witnesses.length - 1

                QuietButton {
                    objectName: `report.witness.leave.${row.index}`
                    icon: "x"
                    text: qsTrId("report_screen.witness_leave")
                    spoken: qsTrId("report_screen.witness_leave_spoken").arg(row.modelData.name)
                    onClicked: root.form.leaveWitness(row.modelData.residentId)
                }
            }
        }
    }

    NeighbourStep {
        id: search

        Layout.fillWidth: true
        visible: !root.form.witnessesEnough
        kiosk: root.kiosk
        begin: root.form.witnesses.length > 0 ? "" : qsTrId("report_screen.witness_begin")
        onChosen: id => {
            root.form.askWitness(id);
            search.clear();
        }
    }
}
