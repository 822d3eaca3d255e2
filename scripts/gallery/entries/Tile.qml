pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "tone plain"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            tone: "plain"
            icon: "leaf"
            text: "Report"
            detail: "A good deed"
        }
    }

    Sample {
        label: "tone tea"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            tone: "tea"
            icon: "leaf"
            text: "Report"
            detail: "A good deed"
        }
    }

    Sample {
        label: "tone gold"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            tone: "gold"
            icon: "leaf"
            text: "Report"
            detail: "A good deed"
        }
    }

    Sample {
        label: "pressed"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            keyHeld: true
            icon: "leaf"
            text: "Report"
        }
    }

    Sample {
        label: "checked"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            checked: true
            icon: "leaf"
            text: "Report"
        }
    }

    Sample {
        label: "in focus"
        focused: standing

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            id: standing
            icon: "leaf"
            text: "Report"
        }
    }

    Sample {
        label: "disabled"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            enabled: false
            icon: "leaf"
            text: "Report"
        }
    }

    Sample {
        label: "with a mark"

        Tile {
            implicitWidth: 60 * Theme.mm * (1 + 0.3 * Theme.textStep)
            mark: "3"
            icon: "mail"
            text: "Notices"
        }
    }

    Sample {
        label: "beside"
        wide: true

        Tile {
            Layout.fillWidth: true
            beside: true
            icon: "leaf"
            text: "Report"
            detail: "A good deed or a concern"
        }
    }

    Sample {
        label: "slim, long text"
        wide: true

        Tile {
            Layout.fillWidth: true
            beside: true
            slim: true
            icon: "leaf"
            text: "Ask the office to look at it once more, also when the time to reply is over"
            detail: "请村里的人再看一次，回复的时间过了也可以，说明原因就行"
        }
    }
}
