pragma ComponentBehavior: Bound

import QtQuick

// A title in the hand-written face.
AppText {
    id: root

    font.family: Theme.writing
    font.bold: true
    font.pixelSize: Theme.title
    Accessible.role: Accessible.Heading
    Accessible.name: root.text
}
