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
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text
}
