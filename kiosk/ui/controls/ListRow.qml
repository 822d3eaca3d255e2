pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One line of a list. Buttons put into it stand at the end, and below when the row is narrow.
Tappable {
    id: root

    default property alias actions: ending.data
    property alias leading: beginning.data
    property string aside
    property string detail
    // The round badge at the front, such as the first character of a name.
    property string letter
    property bool tappable: false
    property bool last: false
    // In a single line without buttons, where the keyboard leaves little room.
    property bool slim: false

    readonly property int inset: Math.round(1.2 * Theme.pad)
    // The widest that what stands at the end may be.
    readonly property int within: width - 2 * inset
    readonly property bool turned: tappable && Theme.highContrast && down
    readonly property color ink: turned ? Theme.colour.card : Theme.colour.ink
    readonly property bool narrow: ending.implicitWidth > 0 && width < ending.implicitWidth + Theme.mm * (75 + 20 * Theme.textStep)

    spare: tappable ? Math.ceil(0.5 * Theme.gap) : 0
    implicitHeight: Math.max(Theme.target, parts.implicitHeight) + (slim ? 2 * spare : 2 * Theme.gap)
    implicitWidth: parts.implicitWidth + 2 * inset
    Layout.fillWidth: true
    activeFocusOnTab: tappable
    role: tappable ? Accessible.Button : Accessible.ListItem
    spoken: [text, aside, detail].filter(part => part !== "").join(". ")
    Accessible.role: root.role
    Accessible.name: root.spoken

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.spare
        anchors.bottomMargin: root.spare
        radius: Theme.radiusSmall
        visible: root.tappable && root.down
        color: root.turned ? Theme.colour.ink : Theme.colour.pressed
    }

    GridLayout {
        id: parts

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.inset
        anchors.rightMargin: root.inset
        columns: root.narrow ? 1 : 2
        columnSpacing: Theme.pad
        rowSpacing: Theme.gap

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.pad

            Row {
                id: beginning

                visible: children.length > 0
            }

            Rectangle {
                Layout.preferredWidth: Math.max(Theme.target, Math.round(1.9 * Theme.large))
                Layout.preferredHeight: Layout.preferredWidth
                visible: root.letter !== "" && !root.slim
                radius: width / 2
                color: Theme.colour.teaSoft

                Title {
                    anchors.centerIn: parent
                    text: root.letter
                    color: Theme.colour.tea
                    font.pixelSize: Theme.large
                    Accessible.ignored: true
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Math.round(0.6 * Theme.mm)

                Flow {
                    Layout.fillWidth: true
                    spacing: Math.round(3 * Theme.mm)

                    AppText {
                        id: name

                        width: Math.min(Math.ceil(implicitWidth), parent.width)
                        text: root.text
                        color: root.ink
                        font.pixelSize: root.slim ? Theme.body : Theme.large
                        font.bold: true
                        Accessible.ignored: true
                    }

                    AppText {
                        width: Math.min(Math.ceil(implicitWidth), parent.width)
                        topPadding: Math.max(0, name.baselineOffset - Math.round(1.16 * Theme.body))
                        visible: text !== ""
                        text: root.slim && root.detail !== "" ? root.detail : root.aside
                        color: root.turned ? root.ink : Theme.colour.inkSoft
                        Accessible.ignored: true
                    }
                }

                AppText {
                    Layout.fillWidth: true
                    visible: text !== "" && !root.slim
                    text: root.detail
                    color: root.turned ? root.ink : Theme.colour.inkSoft
                    Accessible.ignored: true
                }
            }
        }

        Flow {
            id: ending

            readonly property bool used: children.length > 0

            Layout.fillWidth: root.narrow
            Layout.maximumWidth: root.within
            visible: used && !root.slim
            spacing: Theme.gap
        }
    }

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.hairline
        visible: !root.last
        color: Theme.colour.line
    }

    FocusRing {
        target: root
        corner: Theme.radiusSmall
    }
}
