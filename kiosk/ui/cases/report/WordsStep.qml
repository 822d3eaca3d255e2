pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// A few words in one's own way, or none.
ColumnLayout {
    id: root

    required property ReportModel form
    // The height there is, above the keyboard.
    required property int tallest
    readonly property string typed: field.typed

    function commit(): string {
        InputMethod.commit();
        return field.text;
    }

    spacing: Theme.pad

    Notice {
        objectName: "report.gentle"
        visible: text !== ""
        tone: "gold"
        icon: "pencil"
        heading: qsTrId("report_screen.gentle_heading")
        text: root.form.gentle
    }

    TextEntry {
        id: field

        objectName: "report.words"
        Layout.fillWidth: true
        Layout.preferredHeight: Math.max(Theme.target + Theme.pad, Math.min(root.tallest, Math.round(34 * Theme.mm)))
        several: true
        longest: 400
        label: qsTrId("report_screen.words_label")
        hint: qsTrId("report_screen.words_hint")
        icon: "pencil"
        Component.onCompleted: text = root.form.words
    }

    Flow {
        Layout.fillWidth: true
        spacing: Theme.gap

        Repeater {
            model: root.form.phrases

            SecondaryButton {
                required property int index
                required property string modelData

                objectName: `report.phrase.${index}`
                width: Math.min(implicitWidth, parent.width)
                icon: "plus"
                text: modelData
                onClicked: {
                    const said = root.commit();
                    if (said.indexOf(modelData) < 0)
                        field.text = said + modelData;
                }
            }
        }
    }

    Notice {
        icon: "info-circle"
        text: qsTrId("report_screen.words_only")
    }

    Item {
        Layout.fillHeight: true
    }
}
