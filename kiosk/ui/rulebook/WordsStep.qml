pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import kiosk.ui.controls

// Words of a rule, in both languages; the second may stay empty.
ColumnLayout {
    id: root

    property bool several: false
    readonly property string chinese: zh.text
    readonly property string english: en.text
    readonly property bool ready: zh.typed.trim() !== "" || en.typed.trim() !== ""

    function begin(chinese: string, english: string) {
        zh.clear();
        en.clear();
        zh.text = chinese;
        en.text = english;
    }

    spacing: Theme.pad

    TextEntry {
        id: zh

        objectName: "rule.zh"
        Layout.fillWidth: true
        label: qsTrId("rule_changes.in_zh")
        several: root.several
        longest: root.several ? 300 : 40
    }

    TextEntry {
        id: en

        objectName: "rule.en"
        Layout.fillWidth: true
        label: qsTrId("rule_changes.in_en")
        several: root.several
        longest: root.several ? 600 : 80
    }
}
