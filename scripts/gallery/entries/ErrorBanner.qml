pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "short"
        wide: true

        ErrorBanner {
            Layout.fillWidth: true
            text: "密码不对。"
        }
    }

    Sample {
        label: "long text"
        wide: true

        ErrorBanner {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over."
        }
    }
}
