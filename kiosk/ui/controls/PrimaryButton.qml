pragma ComponentBehavior: Bound

import QtQuick

// The one thing to do on a screen; at most one of them is in sight.
BaseButton {
    id: root

    size: Theme.large
    bold: true
    fill: Theme.colour.tea
    fillDown: Theme.colour.teaPressed
    ink: Theme.colour.onTea
    edge: Theme.colour.tea
    Accessible.role: root.role
    Accessible.name: root.spoken
}
