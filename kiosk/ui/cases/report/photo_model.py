"""The photographs on a drive that somebody brought, and those chosen to go with a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.core.clock import village_day
from kiosk.core.days import said_short_day
from kiosk.core.errors import EnvironmentFault, ExpectedError, KioskError
from kiosk.services.cases import photos
from kiosk.services.cases.photos import BroughtPhoto, PhotosOnDrives
from kiosk.ui.cases.report.rows import LoosePhotoRow
from kiosk.ui.parts.drives import LOOK_MS, drives_thread
from kiosk.ui.parts.photographs import address_of
from kiosk.ui.shell.runner import Runner, Ticket
from kiosk.ui.shell.view_model import ViewModel

QML_IMPORT_NAME = "kiosk.ui.cases.report"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = 12
Key = tuple[Any, str]


@QmlElement
class PhotosModel(ViewModel):
    """View-model of PhotoStep. It lives as long as the form, so that going back loses nothing.

    Drives have a thread of their own: one that hangs keeps nobody waiting but this question. Small
    pictures are made one by one.
    """

    foundChanged = Signal()
    thumbsChanged = Signal()
    keptChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: tuple[Any, ...] | None = None
        self._found: PhotosOnDrives | None = None
        self._pages = 1
        self._thumbs: list[str] = []
        self._wanted: int | None = None
        self._looking = False
        self._kept: list[tuple[Key | None, str]] = []
        self._captions: list[str] = []
        self._loose: list[LoosePhotoRow] = []
        self._older = self._unread = self._kept_words = ""
        self._reader: Runner | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def started(self) -> None:
        """The drives' thread: one for every form there will be, which goes with the kiosk."""
        self._reader = drives_thread(self.shell)

    @Property(bool, notify=foundChanged)
    def looked(self) -> bool:
        """Whether the drives were looked at."""
        return self._seen is not None

    @Property(bool, notify=foundChanged)
    def driveIn(self) -> bool:
        """Whether a drive is in."""
        return bool(self._seen)

    @Property(int, notify=foundChanged)
    def count(self) -> int:
        """How many pictures are shown, newest first."""
        return len(self._shown())

    @Property(list, notify=foundChanged)
    def captions(self) -> list[str]:
        """The day of each."""
        return self._captions

    @Property(list, notify=thumbsChanged)
    def thumbs(self) -> list[str]:
        """The address of each small picture; empty while it is made, or when it cannot be."""
        return self._thumbs

    @Property(str, notify=foundChanged)
    def older(self) -> str:
        """How many older ones there are; empty when there are none."""
        return self._older

    @Property(str, notify=foundChanged)
    def unread(self) -> str:
        """How many of other kinds there are; empty when there are none."""
        return self._unread

    @Property(list, notify=keptChanged)
    def chosen(self) -> list[bool]:
        """Which of those shown go with the report."""
        keys = {key for key, _ in self._kept}
        return [_key(each) in keys for each in self._shown()]

    @Property(list, notify=keptChanged)
    def kept(self) -> list[str]:
        """Addresses of the photographs that go with the report, drawn anew."""
        return [address for _, address in self._kept]

    @Property(list, notify=keptChanged)
    def loose(self) -> list[LoosePhotoRow]:
        """Those of `kept` that are not among the shown."""
        return self._loose

    @Property(str, notify=keptChanged)
    def keptWords(self) -> str:
        """How many those are; empty when there are none."""
        return self._kept_words

    @Slot(list)
    def restore(self, kept: list[str]) -> None:
        """What was kept when the form was left for another screen."""
        self._kept = [(None, address) for address in kept]
        self._kept_changed()

    @Slot(bool)
    def watch(self, watching: bool) -> None:
        """Look for drives, again and again while the question is in sight."""
        if watching:
            self._timer.start()
            self._look()
        else:
            self._timer.stop()

    @Slot(int)
    def choose(self, place: int) -> None:
        """Take a photograph, or leave it out again."""
        photo = self._shown()[place]
        key = _key(photo)
        if any(each == key for each, _ in self._kept):
            self._kept = [each for each in self._kept if each[0] != key]
            self._kept_changed()
        elif len(self._kept) >= photos.MOST_PHOTOS:
            self._refuse(ExpectedError("too_many_photos", photos.MOST_PHOTOS))
        elif not self.busy:
            self.forgiveError()
            ticket = self._read(
                _taken,
                photo,
                done=lambda address: self._keep(key, address),
                failed=self._not_taken,
            )
            self._set_asked([ticket])

    @Slot(int)
    def leaveOut(self, place: int) -> None:
        """Leave one out of those that were taken."""
        del self._kept[place]
        self._kept_changed()

    @Slot()
    def showOlder(self) -> None:
        """Another page of older ones."""
        self._pages += 1
        self.worded()
        self._next_thumb()

    # --- Looking --------------------------------------------------------------------------------

    def _read(
        self,
        function: Callable[..., Any],
        *arguments: object,
        done: Callable[[Any], None],
        failed: Callable[[KioskError], None] | None = None,
    ) -> Ticket:
        """Call it on the drives' thread; while one answer is awaited the others wait their turn."""
        if self._reader is None:
            raise RuntimeError("the view-model has no kiosk yet")
        return self._reader.run(
            function, *arguments, done=done, failed=failed or self._trouble, owner=self
        )

    def _look(self) -> None:
        if self._looking:
            return  # the drive keeps us waiting
        self._looking = True
        self._read(photos.drives_in, self.shell.settings.drives, done=self._looked)

    def _looked(self, seen: tuple[Any, ...]) -> None:
        self._looking = False
        if seen == self._seen:
            return
        self._seen, self._found, self._pages, self._thumbs = seen, None, 1, []
        self._wanted = None
        self.worded()
        if seen:
            self._read(photos.brought, self.shell.settings.drives, done=self._show)

    def _show(self, found: PhotosOnDrives) -> None:
        self._found = found
        self.forgiveError()
        self.worded()
        self._next_thumb()

    def _trouble(self, refusal: KioskError) -> None:
        self._wanted, self._looking = None, False
        if not (isinstance(refusal, EnvironmentFault) and refusal.code == "drive_gone"):
            self._refuse(refusal)  # one that is gone is seen at the next look

    def _next_thumb(self) -> None:
        place = len(self._thumbs)
        if self._wanted is not None or place >= len(self._shown()):
            return
        self._wanted = place
        photo = self._shown()[place]

        def done(address: str) -> None:
            if self._shown()[place : place + 1] == (photo,):
                self._wanted = None
                self._thumbs = [*self._thumbs, address]
                self.thumbsChanged.emit()
                self._next_thumb()

        self._read(_thumbnail, photo, done=done)

    # --- Choosing and words ---------------------------------------------------------------------

    def _shown(self) -> tuple[BroughtPhoto, ...]:
        return self._found.photos[: self._pages * PAGE] if self._found else ()

    def _not_taken(self, refusal: KioskError) -> None:
        self._set_asked([])
        self._refuse(refusal)

    def _keep(self, key: Key, address: str) -> None:
        self._set_asked([])
        self._kept = [*self._kept, (key, address)]
        self._kept_changed()

    def _kept_changed(self) -> None:
        self.forgiveError()
        self.worded()

    def worded(self) -> None:
        """Say what there is in the language on the screen."""
        found, shown = self._found, self._shown()
        left = len(found.photos) - len(shown) if found else 0
        unread, kept = (found.unread if found else 0), len(self._kept)
        self._captions = [self._caption(each) for each in shown]
        self._older = self.text("report_screen.photos_older", left) if left else ""
        self._unread = self.text("report_screen.photos_unread", unread) if unread else ""
        self._kept_words = (
            self.text("report_screen.photos_kept", kept, photos.MOST_PHOTOS) if kept else ""
        )
        self._loose = self.renewed(self._loose, self._loose_rows())
        self.foundChanged.emit()
        self.thumbsChanged.emit()
        self.keptChanged.emit()

    def _loose_rows(self) -> list[LoosePhotoRow]:
        shown = {_key(each) for each in self._shown()}
        return [
            LoosePhotoRow(place=place, address=address)
            for place, (key, address) in enumerate(self._kept)
            if key not in shown
        ]

    def _caption(self, photo: BroughtPhoto) -> str:
        day = village_day(datetime.fromtimestamp(photo.picture.at, UTC))
        return said_short_day(self.text, day)


def _key(photo: BroughtPhoto) -> Key:
    return (photo.drive.identity, photo.picture.path)


def _thumbnail(photo: BroughtPhoto) -> str:
    return address_of(photos.thumbnail(photo))


def _taken(photo: BroughtPhoto) -> str:
    return address_of(photos.taken(photo))
