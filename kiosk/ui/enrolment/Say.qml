pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One answer out of several: filled with a tick when it is the one, and no answer looks better.
BaseButton {
    id: root

    required property bool chosen

    checked: chosen
    icon: chosen ? "check" : ""
    bold: chosen
    fill: chosen ? Theme.colour.tea : Theme.colour.card
    fillDown: chosen ? Theme.colour.teaPressed : Theme.colour.pressed
    ink: chosen ? Theme.colour.onTea : Theme.colour.ink
    edge: chosen ? Theme.colour.tea : Theme.colour.edge
    Accessible.role: Accessible.RadioButton
    Accessible.name: root.spoken
}
