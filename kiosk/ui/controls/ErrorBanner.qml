pragma ComponentBehavior: Bound

import QtQuick

// The sentence of an expected error, on the screen where it happened. Gone when there is none.
Notice {
    id: root

    objectName: "error"
    tone: "care"
    visible: text !== ""
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text
}
