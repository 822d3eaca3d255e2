pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "rows from edge to edge"
        wide: true

        RowCard {
            Layout.fillWidth: true

            ListRow {
                Layout.fillWidth: true
                text: "Helping a neighbour"
                aside: "+3"
            }

            ListRow {
                Layout.fillWidth: true
                last: true
                text: "Cleaning the docks"
                aside: "+2"
            }
        }
    }
}
