pragma ComponentBehavior: Bound

import QtQuick

// Another thing that can be done; tone is "tea", "gold" or "care".
BaseButton {
    id: root

    property string tone: "tea"

    bold: true
    ink: tone === "care" ? Theme.colour.care : tone === "gold" ? Theme.colour.goldInk : Theme.colour.tea
    edge: ink
    Accessible.role: root.role
    Accessible.name: root.spoken
}
