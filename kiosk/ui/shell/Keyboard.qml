pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings

// The on-screen keyboard: pinyin, English, and what else the language on the screen is written with. It learns nothing: the fields say that their text is
// sensitive, and what it keeps for a person is thrown away at each wipe.
InputPanel {
    id: root

    readonly property string layout: qsTrId("language.keyboard")

    function forget() {
        VirtualKeyboardSettings.userDataReset();
    }
    function choose() {
        VirtualKeyboardSettings.activeLocales = [...new Set(["zh_CN", "en_GB", layout])];
        VirtualKeyboardSettings.locale = layout;
    }

    Accessible.role: Accessible.Pane
    Accessible.name: KeyboardPlan.hide
    onWidthChanged: KeyboardPlan.width = width
    Window.onHeightChanged: KeyboardPlan.tall = Window.height
    onLayoutChanged: choose()
    Component.onCompleted: {
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = true;
        VirtualKeyboardSettings.fullScreenMode = false;
        choose();
    }
}
