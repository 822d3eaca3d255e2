"""The program's own log holds numbers and codes, never what a person said or is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.core import event_log


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    event_log.keep_journal(tmp_path)
    return tmp_path / event_log.FILE


def test_an_event_is_one_json_line_with_its_sentence(lines: Path) -> None:
    event_log.record("backup_made", entries=12, kind="sqlite")
    line = json.loads(lines.read_text("utf-8"))
    assert (line["event"], line["entries"], line["kind"]) == ("backup_made", 12, "sqlite")
    assert line["sentence"] == "A backup was made and checked."


@pytest.mark.parametrize("value", ["林春生", "Lin Chunsheng", "two\nlines", "a" * 81])
def test_a_name_or_a_sentence_cannot_be_logged(lines: Path, value: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        event_log.record("started", who=value)
    assert lines.read_text("utf-8") == ""


def test_an_event_outside_the_catalogue_is_refused(lines: Path) -> None:
    with pytest.raises(KeyError):
        event_log.record("somebody_signed_in")


def test_a_bug_is_logged_by_its_type_and_road_without_its_message(lines: Path) -> None:
    with pytest.raises(ValueError, match="林春生") as caught:
        int("林春生 typed 123456")
    number = event_log.record_bug(caught.value)
    text = lines.read_text("utf-8")
    assert json.loads(text)["number"] == number
    assert json.loads(text)["kind"] == "ValueError"
    assert "test_event_log.py" in text
    assert "123456" not in text


@pytest.mark.parametrize("trouble", ["a file for its folder", "a folder for its file"])
def test_a_log_that_cannot_be_written_goes_to_the_error_channel(
    tmp_path: Path, trouble: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "log"
    if trouble == "a file for its folder":
        folder.touch()
    else:
        (folder / event_log.FILE).mkdir(parents=True)
    event_log.keep_journal(folder)
    event_log.record("backup_made", entries=12, kind="sqlite")
    assert json.loads(capsys.readouterr().err)["event"] == "backup_made"
