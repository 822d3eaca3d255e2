pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// The papers of this terminal, newest first: where each stands, and what can be done about it.
Page {
    id: root

    title: qsTrId("staff.papers")

    PapersModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        text: model.error
    }

    EmptyState {
        visible: model.there && model.papers.length === 0
        icon: "printer"
        text: qsTrId("staff.no_papers")
        detail: qsTrId("staff.no_papers_detail")
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.papers.length > 0

        Repeater {
            model: model.papers

            ListRow {
                id: paper

                required property int index
                required property var modelData

                objectName: `paper.${index}`
                text: modelData.title
                aside: modelData.state
                detail: modelData.reason
                last: index === model.papers.length - 1
                leading: AppIcon {
                    name: paper.modelData.icon
                    colour: paper.modelData.tone === "tea" ? Theme.colour.tea : paper.modelData.tone === "care" ? Theme.colour.care : Theme.colour.voice
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
                    objectName: `paper.again.${paper.index}`
                    visible: paper.modelData.again
                    enabled: !model.busy
                    icon: "printer"
                    text: qsTrId("printing.print_again")
                    onClicked: model.printAgain(paper.modelData.job)
                }
            }
        }
    }
}
