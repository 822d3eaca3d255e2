pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// What every screen is: content in one scrolling column, a foot that stays, a title for the bar. A foot
// that would take nearly half of the page, as at the largest text on a small panel, rolls with it.
FocusScope {
    id: root

    required property Kiosk kiosk
    property string title
    default property alias content: column.data
    property alias foot: footing.data
    property alias spacing: column.spacing
    // The screen has steps of its own: `backPressed` instead of the screen before.
    property bool ownBack: false
    // Something was begun here and not handed in; what is written in a field counts by itself.
    property bool unfinished: false
    // Stretch the content to the height when there is room, instead of leaving paper below.
    property bool filling: false
    // How tall it is stretched at most on an upright window, in widths: what is asked, and the answers
    // to it, stay near each other.
    property real shape: 1
    readonly property bool upright: height > width
    readonly property int stretched: upright ? Math.min(height - foot.height - 2 * edge, Math.max(column.implicitHeight, shape * width)) : height - foot.height - 2 * edge
    readonly property bool rolling: !InputMethod.visible && footing.implicitHeight + 2 * Theme.gap > 0.45 * height
    // On an upright window the foot follows what it answers.
    readonly property bool floating: upright && !overlong
    // Pixels by which the answers stand lower in the foot, for the same reason as `lift`.
    property int drop: 0
    // Pixels of paper below the foot, so that a consequential button does not lie where the page
    // before was tapped.
    property int lift: 0
    // Pixels of paper above the content, for the same reason.
    property int sunk: 0
    property alias scrolled: page.contentY
    readonly property real sight: page.height
    // What stays at the top while the page takes shape, until it is moved by hand: an item of the
    // column, or a number of pixels.
    property var held: null
    readonly property int room: width - 2 * Theme.margin
    // Somebody writes whom they look for: the people found matter more than what stands below.
    readonly property bool searching: InputMethod.visible && seeking(Window.activeFocusItem) !== null
    readonly property int free: height - (rolling ? 0 : foot.height)
    readonly property int edge: Theme.cramped ? Math.round(0.2 * Theme.gap) : Math.round(0.75 * Theme.pad)
    readonly property int tall: Math.ceil(column.implicitHeight) + 2 * edge + sunk + (rolling ? foot.height : 0)
    readonly property bool overlong: tall > free
    readonly property bool atEnd: !overlong || page.contentHeight - page.height - page.contentY <= 1
    // How far down there is more than a quiet remark.
    readonly property real needed: {
        if (rolling)
            return tall;
        let low = 0;
        for (const item of column.children) {
            if (item.visible && !isRemark(item))
                low = Math.max(low, item.y + item.height);
        }
        return column.y + low;
    }

    signal backPressed

    clip: rolling

    function isRemark(item: Item): bool {
        const words = item as AppText;
        return words !== null && !Theme.highContrast && Qt.colorEqual(words.color, Theme.colour.inkSoft);
    }
    function goBack() {
        if (ownBack)
            backPressed();
        else
            kiosk.back();
    }
    function hasWork(): bool {
        return unfinished || isWritten(column);
    }
    function isWritten(item: Item): bool {
        const field = item as TextEntry;
        if (field)
            return field.visible && field.typed !== "" && !(field instanceof SearchField);
        return item.visible && item.children.some(child => isWritten(child));
    }
    // A new step of the page, from its beginning.
    function scrollUp() {
        const field = Window.activeFocusItem;
        if (field && !field.visible && within(field, column))
            field.focus = false; // and the keyboard goes with the step that it belonged to
        page.contentY = 0;
        TapClock.arrived();
    }
    // The search in which `item` is the field, if it is one.
    function seeking(item: Item): SearchField {
        for (let each = item; each; each = each.parent) {
            const search = each as SearchField;
            if (search)
                return search;
        }
        return null;
    }
    function show(item: Item) {
        if (!item)
            return;
        const top = item.mapToItem(column, 0, 0).y + column.y;
        if (Theme.cramped && searching) {
            page.contentY = Math.max(0, Math.min(seeking(item).mapToItem(column, 0, 0).y, page.contentHeight - page.height));
            return;
        }
        const bottom = top + item.height + Theme.pad;
        if (top - Theme.pad < page.contentY || item.height > page.height)
            page.contentY = Math.max(0, top - Theme.pad);
        else if (bottom > page.contentY + page.height)
            page.contentY = Math.min(bottom, page.contentHeight) - page.height;
    }
    function glideTo(place: real) {
        held = null;
        glide.go(place);
    }
    function hold(what: var) {
        held = what;
        Qt.callLater(root.holdOn);
    }
    function holdOn() {
        if (held === null) {
            // A Flickable that grows shorter while something else scrolls it can stay beyond its end.
            page.contentY = Math.max(0, Math.min(page.contentY, page.contentHeight - page.height));
            return;
        }
        const item = held as Item;
        const top = item ? item.mapToItem(column, 0, 0).y + column.y - Theme.gap : held;
        page.contentY = Math.max(0, Math.min(top, page.contentHeight - page.height));
    }
    function within(item: Item, around: Item): bool {
        for (let each = item; each; each = each.parent) {
            if (each === around)
                return true;
        }
        return false;
    }
    function liftFor(button: Item) {
        // Above the keyboard there is no room for it: there the button waits instead.
        if (InputMethod.visible)
            return;
        const top = button.mapToItem(null, 0, 0).y;
        if (within(button, column))
            sunk += TapClock.spot.y + Theme.gap - top;
        if (!within(button, footing))
            return;
        const up = top + button.height + Theme.gap - TapClock.spot.y;
        const down = TapClock.spot.y + Theme.gap - top;
        if (floating && foot.y + foot.height + down <= height)
            drop += down;
        else if (!floating && free - up > 0.4 * height)
            lift += up;
    }
    function showFocus() {
        const item = Window.activeFocusItem;
        if (item && within(item, column))
            show(item);
    }

    Accessible.role: Accessible.Pane
    Accessible.name: root.title
    onTitleChanged: TapClock.arrived()
    Component.onCompleted: TapClock.arrived()
    onHeightChanged: Qt.callLater(root.showFocus)
    Window.onActiveFocusItemChanged: Qt.callLater(root.showFocus)

    Connections {
        target: TapClock

        function onTurnedChanged() {
            root.lift = 0;
            root.sunk = 0;
            root.drop = 0;
        }
        function onCrowded(button: Item) {
            root.liftFor(button);
        }
    }

    Flickable {
        id: page

        width: root.width
        height: root.free - (more.visible ? more.height : 0)
        clip: root.overlong
        contentHeight: root.overlong ? root.tall : root.free
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        onContentHeightChanged: {
            Qt.callLater(root.holdOn);
            if (InputMethod.visible)
                Qt.callLater(root.showFocus);
        }
        onHeightChanged: {
            Qt.callLater(root.holdOn);
            if (InputMethod.visible)
                Qt.callLater(root.showFocus);
        }
        onMovementStarted: root.held = null

        ColumnLayout {
            id: column

            x: Theme.margin
            y: root.edge + root.sunk
            width: root.room
            height: root.filling && !root.overlong ? root.stretched - root.sunk : implicitHeight
            spacing: Theme.cramped ? Math.round(0.5 * Theme.gap) : Math.round(1.6 * Theme.gap)
        }
    }

    NumberAnimation {
        id: glide

        function go(place: real) {
            from = page.contentY;
            to = place;
            restart();
        }

        target: page
        property: "contentY"
        duration: Theme.brief
        easing.type: Easing.OutCubic
    }

    // Stands below a page that is longer than the screen, so that nobody has to guess it: no larger
    // than a finger needs, and not where only a quiet remark would be found.
    Tappable {
        id: more

        // Set a moment later, so that it does not depend on what depends on it.
        property bool atEnd: false
        readonly property real rest: page.contentHeight - page.height - page.contentY

        function look() {
            atEnd = rest <= 1;
        }

        objectName: "more"
        anchors.top: page.bottom
        z: 1
        width: root.width
        height: Theme.target + Theme.gap
        spareAbove: Theme.gap
        // In the little room above the keyboard the lines matter more.
        visible: root.overlong && root.needed > root.free && root.free > 75 * Theme.mm
        text: atEnd ? qsTrId("shell.back_to_top") : qsTrId("shell.more_below")
        settle: 0
        Accessible.role: more.role
        Accessible.name: more.spoken
        onRestChanged: Qt.callLater(look)
        onClicked: root.glideTo(atEnd ? 0 : Math.min(page.contentY + 0.8 * page.height, page.contentHeight - page.height))

        Rectangle {
            id: strip

            anchors.fill: parent
            anchors.topMargin: Theme.gap
            color: more.down ? Theme.colour.pressed : Theme.colour.teaSoft
        }

        Row {
            anchors.centerIn: strip
            spacing: Theme.gap

            AppIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: more.atEnd ? "chevron-up" : "chevron-down"
                colour: Theme.colour.tea
                size: Math.round(1.25 * label.font.pixelSize)
            }

            AppText {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                text: more.text
                color: Theme.colour.tea
                font.pixelSize: Math.min(Theme.body, Math.round(8 * Theme.mm))
                font.bold: true
                Accessible.ignored: true
            }
        }

        Rectangle {
            y: strip.y
            width: parent.width
            height: Theme.hairline
            color: Theme.colour.edge
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.hairline
            color: Theme.colour.edge
        }

        FocusRing {
            target: more
            corner: 0
            anchors.topMargin: Theme.gap
        }
    }

    // A foot that rolls with the page is seen where the page is, not below the strip that says more.
    Item {
        width: root.width
        height: root.rolling && root.overlong ? page.height : root.height
        clip: root.rolling && root.overlong

        Rectangle {
            id: foot

            width: root.width
            y: root.rolling && root.overlong ? column.y + column.height + root.edge - page.contentY : root.floating ? Math.min(root.height - height, column.y + column.height + root.edge) : root.height - height
            height: footing.children.length > 0 && !root.searching ? footing.implicitHeight + 2 * Theme.gap + (InputMethod.visible ? 0 : root.lift + root.drop) : 0
            visible: height > 0
            color: Theme.colour.paper

            ColumnLayout {
                id: footing

                x: Theme.margin
                y: Theme.gap + (InputMethod.visible ? 0 : root.drop)
                width: root.room
                spacing: Theme.gap
            }
        }
    }
}
