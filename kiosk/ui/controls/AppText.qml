pragma ComponentBehavior: Bound

import QtQuick

// Text that is read. Always plain text: nothing that somebody typed is ever interpreted.
Text {
    id: root

    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    color: Theme.colour.ink
    font.family: Theme.reading
    font.pixelSize: Theme.body
    // In English the quotation marks and dashes are as wide as Latin ones.
    font.features: Theme.latin ? ({ "pwid": 1 }) : ({})
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
}
