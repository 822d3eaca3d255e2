pragma ComponentBehavior: Bound

import QtQuick

// A TextEntry that looks for something while one types.
TextEntry {
    id: root

    icon: "search"
    longest: 40
    literal: true
    size: Theme.cramped ? Theme.body : Theme.title
    Accessible.role: Accessible.EditableText
    Accessible.name: root.label
}
