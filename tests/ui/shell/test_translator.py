"""The catalogue as Qt reads it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from kiosk.core.catalogue import catalogue
from kiosk.ui.shell.translator import CatalogueTranslator


def test_every_key_is_found_in_both_languages(qapp: QGuiApplication) -> None:
    words = catalogue()
    for language in catalogue().languages:
        translator = CatalogueTranslator(words, language)
        for key in words.keys():
            one, *other = words.forms(key, language)
            assert translator.translate("", key) == one, key
            for number in (0, 1, 2) if other else ():
                form = one if number == 1 else other[0]
                assert translator.translate("", key, "", number) == form, key


def test_an_unknown_key_is_not_found(qapp: QGuiApplication) -> None:
    translator = CatalogueTranslator(catalogue(), "en")

    assert not translator.translate("", "home.nothing_of_the_kind")


def test_qml_counts_in_the_form_for_one_and_for_others(qapp: QGuiApplication) -> None:
    said: dict[str, list[str]] = {}
    for language in catalogue().languages:
        translator = CatalogueTranslator(catalogue(), language)
        QCoreApplication.installTranslator(translator)
        engine = QQmlEngine()
        for seconds in (1, 2):
            component = QQmlComponent(engine)
            call = f'qsTrId("shell.closing_soon", {seconds}).arg({seconds})'
            source = f"import QtQml\nQtObject {{ property string s: {call} }}"
            component.setData(source.encode(), "")
            said.setdefault(language, []).append(str(component.create().property("s")))
        QCoreApplication.removeTranslator(translator)
    assert [each.rpartition(" in ")[2] for each in said["en"]] == ["1 second.", "2 seconds."]
    assert [each.rpartition("，")[2] for each in said["zh"]] == [
        "1 秒后自动结束使用。",
        "2 秒后自动结束使用。",
    ]


def test_qml_gets_the_words_and_the_other_language_after_a_switch(qapp: QGuiApplication) -> None:
    engine = QQmlEngine()
    chinese, english = (CatalogueTranslator(catalogue(), each) for each in catalogue().languages)
    QCoreApplication.installTranslator(chinese)
    component = QQmlComponent(engine)
    component.setData(
        b'import QtQml\nQtObject { property string s: qsTrId("home.title").arg("X") }', ""
    )
    made = component.create()
    assert made.property("s") == "X · 善行存折"

    QCoreApplication.removeTranslator(chinese)
    QCoreApplication.installTranslator(english)
    engine.retranslate()

    assert made.property("s") == "X Good-Deed Book"
    QCoreApplication.removeTranslator(english)
