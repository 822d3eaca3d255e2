pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "empty"
        wide: true

        SearchField {
            Layout.fillWidth: true
            label: "Name or house"
        }
    }

    Sample {
        label: "written into"
        wide: true
        focused: standing

        SearchField {
            Layout.fillWidth: true
            id: standing
            label: "Name or house"
            text: "lin"
        }
    }
}
