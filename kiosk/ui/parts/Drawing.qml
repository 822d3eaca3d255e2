pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One of the drawings of assets/pictures, in the colour of what stands beside it.
Image {
    id: root

    // The name of its file; none is drawn where it is empty.
    required property string name
    property int side: Math.round(18 * Theme.mm * (1 + 0.1 * Theme.textStep))
    property color colour: Theme.colour.tea

    width: side
    height: side
    source: name === "" ? "" : `image://picture/${name}/${String(colour).slice(-6)}`
    sourceSize: Qt.size(side, side)
    Accessible.ignored: true
}
