pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The papers of this terminal, newest first; one more print asks what for.
Page {
    id: root

    readonly property bool asking: model.chosen !== ""
    property string purpose

    function leave() {
        purpose = "";
        model.choose(0);
    }

    title: asking ? qsTrId("printing.why_title") : qsTrId("staff.papers")
    ownBack: asking
    unfinished: asking && purpose !== ""
    onBackPressed: leave()
    onAskingChanged: scrollUp()

    PapersModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    Notice {
        objectName: "paper.on_stick"
        visible: !root.asking && text !== ""
        icon: "circle-check"
        text: model.onStick
    }

    EmptyState {
        visible: !root.asking && model.there && model.papers.length === 0
        icon: "printer"
        text: qsTrId("staff.no_papers")
        detail: qsTrId("staff.no_papers_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: !root.asking && model.papers.length > 0

        Repeater {
            model: model.papers

            ListRow {
                id: paper

                required property int index
                required property PaperRow modelData

                objectName: `paper.${index}`
                text: modelData.title
                aside: modelData.state
                detail: modelData.detail
                last: index === model.papers.length - 1
                leading: AppIcon {
                    name: paper.modelData.icon
                    colour: paper.modelData.tone === "tea" ? Theme.colour.tea : paper.modelData.tone === "gold" ? Theme.colour.goldInk : Theme.colour.voice
                    size: Math.round(1.3 * Theme.large)
                }

                SecondaryButton {
                    objectName: `paper.seen.${paper.index}`
                    visible: paper.modelData.seen
                    enabled: !model.busy
                    icon: "check"
                    text: qsTrId("printing.it_came_out")
                    onClicked: model.cameOut(paper.modelData.job)
                }

                QuietButton {
                    objectName: `paper.cancel.${paper.index}`
                    visible: paper.modelData.cancel
                    enabled: !model.busy
                    icon: "x"
                    text: qsTrId("printing.cancel")
                    onClicked: model.cancel(paper.modelData.job)
                }

                QuietButton {
                    objectName: `paper.again.${paper.index}`
                    visible: paper.modelData.again
                    enabled: !model.busy
                    icon: "printer"
                    text: paper.modelData.againText
                    onClicked: {
                        root.purpose = "";
                        model.choose(paper.modelData.job);
                    }
                }
            }
        }
    }

    Notice {
        objectName: "paper.chosen"
        visible: root.asking
        tone: "voice"
        icon: "printer"
        heading: model.chosen
        text: model.purposes.length === 0 ? qsTrId("printing.why_nobody") : model.cameOutBefore ? qsTrId("printing.why_detail") : qsTrId("printing.why_try")
    }

    TileGrid {
        Layout.fillWidth: true
        Layout.fillHeight: false
        visible: root.asking
        narrowest: 90
        most: 1

        Repeater {
            model: model.purposes

            Tile {
                required property ReprintPurposeRow modelData

                objectName: `paper.why.${modelData.key}`
                Layout.fillWidth: true
                beside: true
                role: Accessible.RadioButton
                icon: checked ? "circle-check" : "circle"
                text: modelData.text
                checked: root.purpose === modelData.key
                onClicked: root.purpose = modelData.key
            }
        }
    }

    foot: [
        TileGrid {
            Layout.fillWidth: true
            visible: !root.asking
            narrowest: 84
            most: 2

            SecondaryButton {
                objectName: "paper.phone"
                Layout.fillWidth: true
                visible: root.kiosk.official
                enabled: !model.busy
                icon: "qrcode"
                text: qsTrId("staff.phone")
                onClicked: model.putOnStick()
            }

            SecondaryButton {
                objectName: "paper.offset"
                Layout.fillWidth: true
                icon: "ruler-measure"
                text: qsTrId("offset.open")
                onClicked: root.kiosk.open("sheet_offset", {})
            }
        },
        PrimaryButton {
            objectName: "paper.print"
            weighty: true
            Layout.fillWidth: true
            visible: root.asking
            enabled: !model.busy && (model.purposes.length === 0 || root.purpose !== "")
            icon: "printer"
            text: model.cameOutBefore ? qsTrId("printing.print_duplicate") : qsTrId("printing.print_it")
            onClicked: model.printAgain(root.purpose)
        }
    ]
}
