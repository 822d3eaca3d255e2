pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "at step 0"
        wide: true

        StepDots {
            Layout.fillWidth: true
            steps: ["Who", "What", "When", "Check"]
            current: 0
        }
    }

    Sample {
        label: "at step 2"
        wide: true

        StepDots {
            Layout.fillWidth: true
            steps: ["Who", "What", "When", "Check"]
            current: 2
        }
    }

    Sample {
        label: "at step 3"
        wide: true

        StepDots {
            Layout.fillWidth: true
            steps: ["Who", "What", "When", "Check"]
            current: 3
        }
    }

    Sample {
        label: "many steps"
        wide: true

        StepDots {
            Layout.fillWidth: true
            steps: ["谁", "做了什么", "哪一天", "在哪里", "谁看见", "照片", "再看一遍"]
            current: 1
        }
    }
}
