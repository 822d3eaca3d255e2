pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings

// The on-screen keyboard: pinyin and English. It learns nothing: the fields say that their text is
// sensitive, and what it keeps for a person is thrown away at each wipe.
InputPanel {
    id: root

    property string language: "zh"

    function forget() {
        VirtualKeyboardSettings.userDataReset();
    }
    function choose() {
        VirtualKeyboardSettings.locale = language === "zh" ? "zh_CN" : "en_GB";
    }

    Accessible.role: Accessible.Pane
    Accessible.name: KeyboardPlan.hide
    onWidthChanged: KeyboardPlan.width = width
    Window.onHeightChanged: KeyboardPlan.tall = Window.height
    onLanguageChanged: choose()
    Component.onCompleted: {
        VirtualKeyboardSettings.activeLocales = ["zh_CN", "en_GB"];
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = true;
        VirtualKeyboardSettings.fullScreenMode = false;
        choose();
    }
}
