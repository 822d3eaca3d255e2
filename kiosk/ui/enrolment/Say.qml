pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// One answer out of several: filled with a tick when it is the one, and no answer looks better.
BaseButton {
    id: root

    required property bool chosen
    // Chosen, and not how it is: neither green nor ticked.
    property bool mistaken: false
    readonly property bool good: chosen && !mistaken

    checked: chosen
    // Something always stands there, so that no answer changes its width when it is chosen.
    icon: good ? "circle-check" : "circle"
    bold: true
    fill: good ? Theme.colour.tea : mistaken ? Theme.colour.voiceSoft : Theme.colour.card
    fillDown: good ? Theme.colour.teaPressed : Theme.colour.pressed
    ink: good ? Theme.colour.onTea : Theme.colour.ink
    edge: good ? Theme.colour.tea : mistaken ? Theme.colour.voice : Theme.colour.edge
    Accessible.role: Accessible.RadioButton
    Accessible.name: root.spoken
}
