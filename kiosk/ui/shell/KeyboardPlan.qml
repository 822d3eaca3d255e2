pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick
import kiosk.ui.controls

// Sizes and words of the on-screen keyboard, whose layouts and style stand in assets/keyboard.
QtObject {
    id: root

    // The window's width; set by the keyboard.
    property int width: 1920

    // The window's height; set by the keyboard. On a low one the keys are as small as may be.
    property int tall: 1080
    readonly property bool low: tall < 175 * Theme.mm

    readonly property int row: low ? Theme.target + Theme.gap : Math.round(16.5 * Theme.mm)
    readonly property int edge: Math.round((low ? 0.5 : 1.5) * Theme.gap)
    readonly property int below: low ? 0 : edge
    readonly property int height: 4 * row + edge + below
    readonly property int side: Math.max(edge, Math.round((width - 300 * Theme.mm) / 2))
    readonly property int candidateSize: Math.min(Theme.large, Math.round(10 * Theme.mm))
    readonly property int candidates: low ? Theme.target : Math.max(Theme.target + Theme.gap, Math.round(1.75 * candidateSize))

    readonly property string remove: qsTrId("shell.key_delete")
    readonly property string hide: qsTrId("shell.key_hide")
    readonly property string chinese: qsTrId("shell.key_chinese")
    readonly property string english: qsTrId("shell.key_english")
}
