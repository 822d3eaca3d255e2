pragma ComponentBehavior: Bound

import QtQuick

// Something at the edge: present, but not asking to be tapped.
BaseButton {
    id: root
    Accessible.role: root.role
    Accessible.name: root.spoken
}
