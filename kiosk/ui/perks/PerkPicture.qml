pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// The drawing of a perk, in the colour of what stands beside it.
Image {
    id: root

    required property string picture
    property int side: Math.round(18 * Theme.mm * (1 + 0.1 * Theme.textStep))
    property color colour: Theme.colour.tea

    width: side
    height: side
    source: picture === "" ? "" : `image://picture/perk_${picture}/${String(colour).slice(-6)}`
    sourceSize: Qt.size(side, side)
    Accessible.ignored: true
}
