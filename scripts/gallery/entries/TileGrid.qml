pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import ".."

Flow {
    spacing: Theme.margin

    Sample {
        label: "as many columns as fit"
        wide: true

        TileGrid {
            Layout.fillWidth: true

            Tile {
                Layout.fillWidth: true
                Layout.fillHeight: true
                icon: "leaf"
                text: "Report"
            }

            Tile {
                Layout.fillWidth: true
                Layout.fillHeight: true
                icon: "search"
                text: "Look up"
            }

            Tile {
                Layout.fillWidth: true
                Layout.fillHeight: true
                icon: "books"
                text: "The rules"
            }

            Tile {
                Layout.fillWidth: true
                Layout.fillHeight: true
                icon: "mail"
                text: "Notices"
            }
        }
    }
}
