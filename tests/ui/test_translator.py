"""The catalogue as Qt reads it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from kiosk.core.catalogue import LANGUAGES, catalogue
from kiosk.ui.shell.translator import CatalogueTranslator


def test_every_key_is_found_in_both_languages(qapp: QGuiApplication) -> None:
    words = catalogue()
    for language in LANGUAGES:
        translator = CatalogueTranslator(words, language)
        for key in words.keys():
            one, *other = words.forms(key, language)
            assert translator.translate("", key) == one, key
            assert translator.translate("", key, "", 1) == one, key
            assert [translator.translate("", key, "", 2)] == (other or [""]), key


def test_an_unknown_key_is_not_found(qapp: QGuiApplication) -> None:
    translator = CatalogueTranslator(catalogue(), "en")

    assert not translator.translate("", "home.nothing_of_the_kind")


def test_qml_counts_in_the_form_for_one_and_for_others(qapp: QGuiApplication) -> None:
    english = CatalogueTranslator(catalogue(), "en")
    QCoreApplication.installTranslator(english)
    engine = QQmlEngine()
    said = []
    for seconds in (1, 2, 30):
        component = QQmlComponent(engine)
        call = f'qsTrId("shell.closing_soon", {seconds}).arg({seconds})'
        component.setData(f"import QtQml\nQtObject {{ property string s: {call} }}".encode(), "")
        said.append(str(component.create().property("s")).partition(" in ")[2])
    QCoreApplication.removeTranslator(english)
    assert said == ["1 second.", "2 seconds.", "30 seconds."]


def test_qml_gets_the_words_and_the_other_language_after_a_switch(qapp: QGuiApplication) -> None:
    engine = QQmlEngine()
    chinese, english = (CatalogueTranslator(catalogue(), each) for each in LANGUAGES)
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
