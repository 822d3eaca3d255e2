pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "tone plain"

        Chip {
            tone: "plain"
            icon: "check"
            text: "counts"
        }
    }

    Sample {
        label: "tone tea"

        Chip {
            tone: "tea"
            icon: "check"
            text: "counts"
        }
    }

    Sample {
        label: "tone gold"

        Chip {
            tone: "gold"
            icon: "check"
            text: "counts"
        }
    }

    Sample {
        label: "tone care"

        Chip {
            tone: "care"
            icon: "check"
            text: "counts"
        }
    }

    Sample {
        label: "tone voice"

        Chip {
            tone: "voice"
            icon: "check"
            text: "counts"
        }
    }

    Sample {
        label: "long text"
        wide: true

        Chip {
            Layout.fillWidth: true
            text: "Ask the office to look at it once more, also when the time to reply is over"
        }
    }
}
