pragma ComponentBehavior: Bound

import QtQuick

// An outline icon of assets/icons in any colour. It stands beside a word and is not read aloud.
Image {
    id: root

    property string name
    property color colour: Theme.colour.ink
    property int size: Theme.iconSize

    source: name === "" ? "" : `image://icon/${name}/${String(colour).slice(-6)}`
    sourceSize: Qt.size(size, size)
    width: size
    height: size
    visible: name !== ""
    Accessible.ignored: true
}
