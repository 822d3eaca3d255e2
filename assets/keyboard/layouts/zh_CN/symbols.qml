import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Components

KeyboardLayout {
    function createInputMethod() {
        return Qt.createQmlObject("import QtQuick; import QtQuick.VirtualKeyboard.Plugins; PinyinInputMethod {}", parent);
    }

    sharedLayouts: ["main"]
    inputMode: InputEngine.InputMode.Pinyin
    keyWeight: 160
    KeyboardRow {
        Key {
            key: Qt.Key_1
            text: "1"
        }
        Key {
            key: Qt.Key_2
            text: "2"
        }
        Key {
            key: Qt.Key_3
            text: "3"
        }
        Key {
            key: Qt.Key_4
            text: "4"
        }
        Key {
            key: Qt.Key_5
            text: "5"
        }
        Key {
            key: Qt.Key_6
            text: "6"
        }
        Key {
            key: Qt.Key_7
            text: "7"
        }
        Key {
            key: Qt.Key_8
            text: "8"
        }
        Key {
            key: Qt.Key_9
            text: "9"
        }
        Key {
            key: Qt.Key_0
            text: "0"
        }
    }
    KeyboardRow {
        Key {
            key: 0x2d
            text: "-"
        }
        Key {
            key: 0x2f
            text: "/"
        }
        Key {
            key: 0x3a
            text: ":"
        }
        Key {
            key: 0x3b
            text: ";"
        }
        Key {
            key: 0x28
            text: "("
        }
        Key {
            key: 0x29
            text: ")"
        }
        Key {
            key: 0x2b
            text: "+"
        }
        Key {
            key: 0x3d
            text: "="
        }
        Key {
            key: 0x25
            text: "%"
        }
        Key {
            key: 0x40
            text: "@"
        }
    }
    KeyboardRow {
        FillerKey {
            weight: 80
        }
        Key {
            key: 0x3001
            text: "、"
        }
        Key {
            key: 0xff01
            text: "！"
        }
        Key {
            key: 0xff1f
            text: "？"
        }
        Key {
            key: 0x201c
            text: "“"
        }
        Key {
            key: 0x201d
            text: "”"
        }
        Key {
            key: 0x300a
            text: "《"
        }
        Key {
            key: 0x300b
            text: "》"
        }
        FillerKey {
            weight: 80
        }
        BackspaceKey {
            weight: 320
        }
    }
    KeyboardRow {
        SymbolModeKey {
            weight: 200
            displayText: "ABC"
        }
        ChangeLanguageKey {
            weight: 160
        }
        Key {
            key: Qt.Key_Comma
            text: "，"
        }
        SpaceKey {
            weight: 480
        }
        Key {
            key: Qt.Key_Period
            text: "。"
        }
        HideKeyboardKey {
            weight: 320
        }
    }
}
