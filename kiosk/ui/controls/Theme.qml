pragma Singleton
pragma ComponentBehavior: Bound

import QtQuick

// Every colour, size and duration. Sizes are pixels, computed from millimetres on the real screen.
QtObject {
    id: root

    component Colours: QtObject {
        property color paper
        property color card
        property color ink
        property color inkSoft
        // `line` parts and frames; `edge` bounds what can be tapped.
        property color line
        property color edge
        property color tea
        property color onTea
        property color teaSoft
        property color teaPressed
        property color care
        property color careSoft
        property color gold
        property color onGold
        property color goldInk
        property color goldSoft
        property color goldPressed
        property color voice
        property color voiceSoft
        property color sum
        property color onSum
        property color pressed
        property color veil
        property color star
        property color ring
    }

    // Set by the shell; the defaults suit a bare preview.
    property real mm: 4
    property int textStep: 1
    property bool highContrast: false
    property bool motion: true
    property bool latin: false
    // The window is so low that buttons do without air.
    property bool low: false
    // Somebody uses a keyboard: what it works on has a ring. The next touch takes it away.
    property bool keys: true
    // The keyboard leaves so little room that what is found stands in single lines.
    property bool cramped: false
    property real capHeight: 0.733
    property string reading: "Noto Sans SC"
    property string writing: "LXGW WenKai"

    readonly property int textSteps: capitals.length
    // Millimetres of a capital letter at each step: the smallest text on the screen.
    readonly property list<real> capitals: [3.5, 4.8, 6.4, 8.5]

    readonly property int small: textSize(0)
    readonly property int body: textSize(1.1)
    readonly property int large: textSize(2.5)
    readonly property int title: textSize(4)
    readonly property int figure: textSize(7)
    readonly property int huge: textSize(20)

    readonly property int target: Math.ceil(12.7 * mm)
    readonly property int gap: Math.ceil(2.54 * mm)
    readonly property int pad: Math.round(5 * mm)
    readonly property int margin: Math.round(8 * mm)
    readonly property int radius: Math.round(4.6 * mm)
    readonly property int radiusSmall: Math.round(3 * mm)
    readonly property int hairline: Math.max(1, Math.round((highContrast ? 0.5 : 0.3) * mm))
    readonly property int stroke: Math.max(2, Math.round(0.6 * mm))
    readonly property int iconSize: Math.max(Math.round(6 * mm), body)
    readonly property int cancelDistance: 30
    readonly property int brief: motion ? 150 : 0

    readonly property Colours colour: highContrast ? contrast : light

    readonly property Colours light: Colours {
        paper: "#FBF8F1"
        card: "#FFFFFF"
        ink: "#22302A"
        inkSoft: "#5A6A62"
        line: "#E4DDCD"
        edge: "#8C8672"
        tea: "#1E5E49"
        onTea: "#FFFFFF"
        teaSoft: "#E3EFE8"
        teaPressed: "#164737"
        care: "#B3372B"
        careSoft: "#F8E7E2"
        gold: "#A0690B"
        onGold: "#FFFFFF"
        goldInk: "#8F5C06"
        goldSoft: "#FBF0D9"
        goldPressed: "#835406"
        voice: "#2B5C86"
        voiceSoft: "#E4EEF6"
        sum: "#22302A"
        onSum: "#FFFFFF"
        pressed: "#EFE9DA"
        veil: "#A622302A"
        star: "#B3372B"
        ring: "#2B5C86"
    }

    readonly property Colours contrast: Colours {
        paper: "#000000"
        card: "#000000"
        ink: "#FFFFFF"
        inkSoft: "#FFFFFF"
        // Boxes that only inform are not drawn like buttons, whose edge is white.
        line: "#8A8A8A"
        edge: "#FFFFFF"
        tea: "#FFFFFF"
        onTea: "#000000"
        teaSoft: "#000000"
        teaPressed: "#FFFFFF"
        care: "#FFFFFF"
        careSoft: "#000000"
        gold: "#FFFFFF"
        onGold: "#000000"
        goldInk: "#FFFFFF"
        goldSoft: "#000000"
        goldPressed: "#FFFFFF"
        voice: "#FFFFFF"
        voiceSoft: "#000000"
        sum: "#FFFFFF"
        onSum: "#000000"
        pressed: "#000000"
        veil: "#D9000000"
        star: "#FFFFFF"
        ring: "#FFFFFF"
    }

    // Every text colour with the grounds it stands on; tests/ui/test_theme.py holds their contrast.
    readonly property var textOn: ({
        "ink": ["paper", "card", "teaSoft", "goldSoft", "careSoft", "voiceSoft", "pressed"],
        "inkSoft": ["paper", "card", "teaSoft", "pressed"],
        "tea": ["paper", "card", "teaSoft", "pressed"],
        "care": ["paper", "card", "careSoft", "pressed"],
        "goldInk": ["paper", "card", "goldSoft", "pressed"],
        "voice": ["paper", "card", "voiceSoft", "pressed"],
        "onTea": ["tea", "teaPressed"],
        "onGold": ["gold", "goldPressed"],
        "onSum": ["sum"],
        "star": ["card", "paper"]
    })

    // The font size, in pixels, whose capitals are `more` millimetres taller than the step's; what
    // is large already grows less, so that titles still fit at the largest step.
    function textSize(more: real): int {
        return Math.round((capitals[textStep] + more * (1 - 0.2 * textStep)) * mm / capHeight);
    }
}
