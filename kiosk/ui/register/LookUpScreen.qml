pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.parts
import kiosk.ui.shell

// Find a neighbour's house while typing, and report a deed or a concern from there.
Page {
    id: root

    // What was typed when one left for another screen.
    property string typed
    // The field stays while the rows scroll below it, unless the screen is too low for both.
    readonly property bool pinned: Theme.cramped || free > search.implicitHeight + (52 + 18 * Theme.textStep) * Theme.mm

    function report(kind: string, id: int) {
        const properties = {
            "kind": kind,
            "subjectId": id
        };
        kiosk.remember("typed", search.text);
        if (kiosk.signedIn)
            kiosk.open("reports", properties);
        else
            kiosk.open("sign_in", {
                "then": "reports",
                "thenWith": properties
            });
    }

    title: qsTrId("look_up.title")
    filling: true
    shape: 10
    Component.onCompleted: {
        search.text = typed;
        search.begin();
    }

    LookUpModel {
        id: model

        kiosk: root.kiosk
        onFoundChanged: found.contentY = 0
    }

    SearchBar {
        id: search

        label: qsTrId("look_up.label")
        hint: qsTrId("look_up.hint")
        count: model.count === "" ? qsTrId("look_up.label") : model.count
        onTypedChanged: model.find(typed)
    }

    AppText {
        objectName: "wanted"
        Layout.fillWidth: true
        visible: text !== ""
        text: model.wanted
    }

    ErrorBanner {
        text: model.error
    }

    Flickable {
        id: found

        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitHeight: root.pinned ? 0 : contentHeight
        interactive: root.pinned
        clip: contentHeight > height
        contentHeight: answers.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick

        ColumnLayout {
            id: answers

            width: found.width
            spacing: Theme.gap

            WaysToSearch {
                objectName: "ways"
                Layout.fillWidth: true
                visible: model.rows.length === 0 && !model.nobody && model.more === "" && model.error === ""
            }

            Card {
                objectName: "nobody"
                Layout.fillWidth: true
                visible: model.nobody

                EmptyState {
                    icon: "search"
                    text: qsTrId("look_up.nobody")
                    detail: qsTrId("look_up.nobody_detail")
                }
            }

            RowCard {
                Layout.fillWidth: true
                visible: model.rows.length > 0

                Repeater {
                    model: model.rows

                    ListRow {
                        id: person

                        required property int index
                        required property PersonRow modelData

                        objectName: `person.${index}`
                        letter: modelData.letter
                        text: modelData.name
                        aside: modelData.pinyin
                        detail: modelData.house
                        // With the keyboard up there is room for names alone; a tap makes room.
                        slim: root.searching
                        tappable: slim
                        onClicked: root.kiosk.putKeyboardAway()
                        last: index === model.rows.length - 1

                        SecondaryButton {
                            objectName: `deed.${person.index}`
                            visible: !person.slim
                            tone: "gold"
                            icon: "heart-handshake"
                            size: Theme.small
                            text: qsTrId("look_up.deed")
                            spoken: qsTrId("look_up.deed_spoken").arg(person.modelData.name)
                            onClicked: root.report("good", person.modelData.residentId)
                        }

                        QuietButton {
                            objectName: `concern.${person.index}`
                            visible: !person.slim
                            icon: "message-report"
                            size: Theme.small
                            text: qsTrId("look_up.concern")
                            spoken: qsTrId("look_up.concern_spoken").arg(person.modelData.name)
                            onClicked: root.report("concern", person.modelData.residentId)
                        }
                    }
                }
            }

            Notice {
                objectName: "more_people"
                visible: text !== ""
                tone: "gold"
                icon: "users"
                text: model.more
            }

            Item {
                implicitHeight: Theme.pad
            }
        }
    }
}
