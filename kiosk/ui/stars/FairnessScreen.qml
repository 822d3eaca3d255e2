pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls
import kiosk.ui.shell

// Whether stars are given alike: charts without names, of a round of which enough is shown.
Page {
    id: root

    title: qsTrId("rounds.fair_title")

    FairnessModel {
        id: model

        kiosk: root.kiosk
    }

    ErrorBanner {
        visible: text !== ""
        text: model.error
    }

    EmptyState {
        objectName: "fairness.empty"
        visible: model.empty
        icon: "scale"
        text: qsTrId("rounds.fair_empty")
        detail: qsTrId("rounds.fair_empty_detail")
    }

    Notice {
        objectName: "fairness.alike"
        visible: model.there
        icon: "scale"
        heading: model.heading
        text: model.alike
    }

    RowCard {
        Layout.fillWidth: true
        visible: model.there

        Repeater {
            model: model.counts

            ListRow {
                id: row

                required property int index
                required property CountRow modelData

                text: modelData.text
                last: index === model.counts.length - 1
                spoken: `${modelData.text}. ${modelData.count}`
                leading: AppIcon {
                    name: row.modelData.icon
                    colour: Theme.colour.tea
                    size: Math.round(1.3 * Theme.large)
                }

                AppText {
                    text: row.modelData.count
                    font.pixelSize: Theme.large
                    font.bold: true
                }
            }
        }
    }

    Title {
        Layout.fillWidth: true
        visible: model.inspectors.length > 0
        text: qsTrId("rounds.fair_inspectors")
    }

    AppText {
        Layout.fillWidth: true
        visible: model.inspectors.length > 0
        text: qsTrId("rounds.fair_how_to_read")
        color: Theme.colour.inkSoft
    }

    SpreadChart {
        objectName: "fairness.inspectors"
        Layout.fillWidth: true
        visible: model.inspectors.length > 0
        rows: model.inspectors
    }

    AppText {
        Layout.fillWidth: true
        visible: model.leftOut !== ""
        text: model.leftOut
        color: Theme.colour.inkSoft
    }

    Title {
        Layout.fillWidth: true
        visible: model.kinds.length > 0
        text: qsTrId("rounds.fair_kinds")
    }

    SpreadChart {
        objectName: "fairness.kinds"
        Layout.fillWidth: true
        visible: model.kinds.length > 0
        rows: model.kinds
    }

    BusyVeil {
        objectName: "busy"
        parent: root
        busy: model.busy
        text: qsTrId("shell.wait")
    }
}
