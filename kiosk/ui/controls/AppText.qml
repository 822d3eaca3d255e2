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
    // In English the quotation marks and dashes are as wide as Latin ones, unless Chinese with its
    // own punctuation is quoted.
    font.features: Theme.latin && !/[\u3001\u3002\uff01-\uff1f]/.test(text) ? ({ "pwid": 1 }) : ({})
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
}
