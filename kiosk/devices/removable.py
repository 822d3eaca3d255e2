"""Drives that somebody plugs in: what is on them is read with care, and what is written is on them.

The system mounts them (packaging/debian, docs/operations.md); nothing here mounts or runs anything.
A drive is what it was when it was found: another one in its place, or the empty folder that one
leaves behind when it is pulled out, is told apart by its device and is never written to. No link is
followed, so that nothing outside the drive can be read through it.
"""

from __future__ import annotations

import errno
import heapq
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from kiosk.core.errors import EnvironmentFault, ExpectedError
from kiosk.core.text import clean
from kiosk.devices.removable_simulator import simulated

USB: Final = "usb"
"""The setting for what is really plugged in; any other is a folder of simulated drives."""
MOUNTED_UNDER: Final = ("/media/", "/run/media/")
MOST_PICTURES: Final = 60
MOST_ENTRIES: Final = 20_000
DEEPEST: Final = 8
READ: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
TABLES: Final = frozenset({".xlsx", ".xls", ".ods", ".csv"})
PACKAGES: Final = frozenset({".deb"})
BACKUPS: Final = frozenset({".backup"})
UNREAD: Final = frozenset({".heic", ".heif", ".avif", ".dng", ".gif", ".bmp", ".tif", ".tiff"})
"""Pictures too, but of kinds that are not read here: people are told, instead of left to search."""
_LONGEST_LABEL: Final = 40
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE: Final = {errno.ENODEV, errno.ENXIO, errno.ENOMEDIUM, errno.ESTALE}
_PIECE: Final = 1 << 20


@dataclass(frozen=True)
class Drive:
    """One drive as it was found; `free` in bytes, `label` empty where it has none."""

    folder: Path
    label: str
    free: int
    identity: tuple[int, int] = field(repr=False)
    """Device and inode of its root."""


@dataclass(frozen=True)
class DriveFile:
    """A file to be read: its path on the drive, its size in bytes, its mtime in seconds."""

    path: str
    size: int
    at: float

    @property
    def name(self) -> str:
        """The file's own name, fit to be shown."""
        return clean(PurePosixPath(self.path).name, _LONGEST_LABEL)


@dataclass(frozen=True)
class Pictures:
    """The newest pictures of a drive, how many more it has, and how many of unread kinds."""

    newest: tuple[DriveFile, ...]
    more: int
    unread: int


def drives(setting: str = USB) -> tuple[Drive, ...]:
    """The drives that are in now, each mounted and readable."""
    if setting != USB:
        return tuple(_found(simulated(Path(setting))))
    return tuple(_found(_plugged_in(Path("/proc/self/mountinfo").read_text("utf-8", "replace"))))


def the_one(setting: str) -> Drive:
    """The drive that is in, to be written to.

    Raises:
        ExpectedError: ``drive_missing``, ``drive_several``.
    """
    found = drives(setting)
    if not found:
        raise ExpectedError("drive_missing")
    if len(found) > 1:
        raise ExpectedError("drive_several")
    return found[0]


def pictures(drive: Drive) -> Pictures:
    """The pictures on `drive`, newest first, `MOST_PICTURES` at most.

    Looked for in `DEEPEST` levels of folders and among the first `MOST_ENTRIES` names; what is
    hidden is left out.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    found: list[DriveFile] = []
    unread = 0
    with _root(drive) as root:
        for path, entry in _files(root):
            kind = PurePosixPath(path).suffix.lower()
            if kind in READ:
                found.append(DriveFile(path, entry.st_size, entry.st_mtime))
            unread += kind in UNREAD
    newest = heapq.nlargest(MOST_PICTURES, found, key=lambda each: (each.at, each.path))
    return Pictures(tuple(newest), len(found) - len(newest), unread)


def tables(drive: Drive) -> tuple[DriveFile, ...]:
    """The tables on `drive`, newest first, `MOST_PICTURES` at most; looked for as pictures are.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return _newest(drive, TABLES)


def scans(drive: Drive) -> tuple[DriveFile, ...]:
    """The pictures and PDFs on `drive`, looked for as tables are.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return _newest(drive, READ | {".pdf"})


def backups(drive: Drive) -> tuple[DriveFile, ...]:
    """What bears a backup's name on `drive`, looked for as tables are.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return _newest(drive, BACKUPS)


def packages(drive: Drive) -> tuple[DriveFile, ...]:
    """Debian packages on `drive`, looked for as tables are; nothing here installs one.

    Raises:
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    return _newest(drive, PACKAGES)


def folder_as_drive(folder: Path) -> Drive | None:
    """A folder of this machine, to be read with the same care; None where there is none."""
    return next(_found(iter([(folder, "")])), None)


def copy_out(drive: Drive, file: DriveFile, target: BinaryIO) -> None:
    """Copy `file` into `target`, whole: as many bytes as it had when it was found.

    Raises:
        EnvironmentFault: ``drive_gone``, also where the drive went away half way;
            ``drive_trouble``; what writing into `target` raises goes on as it is.
    """
    copied = 0
    with _root(drive) as root, os.fdopen(_opened(root, file.path), "rb") as stream:
        while piece := stream.read(_PIECE):
            copied += target.write(piece)
    if copied != file.size:
        raise EnvironmentFault("drive_gone")


def read(drive: Drive, picture: DriveFile, most: int, too_large: str = "photo_too_large") -> bytes:
    """The bytes of `picture`, which may be `most`.

    Raises:
        ExpectedError: `too_large` (megabytes at most).
        EnvironmentFault: ``drive_gone``, ``drive_trouble``.
    """
    with _root(drive) as root, os.fdopen(_opened(root, picture.path), "rb") as stream:
        if os.fstat(stream.fileno()).st_size > most:
            raise ExpectedError(too_large, most >> 20)
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise ExpectedError(too_large, most >> 20)
    return raw


def write(drive: Drive, name: str, content: bytes) -> str:
    """Write a file into the root of `drive` and return its name: another one, if `name` was taken.

    When it returns, the drive may be pulled out. What fails leaves no part of a file.

    Raises:
        EnvironmentFault: ``drive_full``, ``drive_read_only``, ``drive_gone``, ``drive_trouble``.
    """
    if not name or name.startswith(".") or set(name) & set('/\\:*?"<>|\0'):
        raise ValueError("not a name that every drive takes")
    with _root(drive) as root:
        draft = f".{name}.new"
        try:
            _write_draft(root, draft, content)
            final = _free_name(root, name)
            os.rename(draft, final, src_dir_fd=root, dst_dir_fd=root)
            os.fsync(root)
        except OSError:
            with suppress(OSError):
                os.unlink(draft, dir_fd=root)
            raise
    return final


def _newest(drive: Drive, kinds: frozenset[str]) -> tuple[DriveFile, ...]:
    with _root(drive) as root:
        found = [
            DriveFile(path, entry.st_size, entry.st_mtime)
            for path, entry in _files(root)
            if PurePosixPath(path).suffix.lower() in kinds
        ]
    return tuple(heapq.nlargest(MOST_PICTURES, found, key=lambda each: (each.at, each.path)))


# --- Finding ----------------------------------------------------------------------------------


def _found(folders: Iterator[tuple[Path, str]]) -> Iterator[Drive]:
    for folder, label in folders:
        with suppress(OSError):  # pulled out while we look: it is simply not there
            entry, room = folder.stat(), os.statvfs(folder)
            shown = clean(label, _LONGEST_LABEL)
            yield Drive(folder, shown, room.f_bavail * room.f_frsize, (entry.st_dev, entry.st_ino))


def _plugged_in(mounts: str, system: Path = Path("/")) -> Iterator[tuple[Path, str]]:
    """Mount point and label of each removable drive in `mounts` (proc(5), mountinfo)."""
    # In the unit's mount namespace one mount arrives several times over.
    sources: dict[str, str] = {}
    for line in mounts.splitlines():
        place, _, rest = line.partition(" - ")
        sources[_unescaped(place.split()[4])] = _unescaped(rest.split()[1])
    for point, source in sources.items():
        if point.startswith(MOUNTED_UNDER) and _comes_out(system, source):
            yield Path(point), _label(system, source)


def _unescaped(text: str) -> str:
    """Blanks and the like stand there as three octal digits."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, char)
    return text


def _comes_out(system: Path, source: str) -> bool:
    """True of a block device on USB, of an SD card, and of what calls itself removable."""
    if not source.startswith("/dev/"):
        return False
    device = (system / "sys/class/block" / Path(source).name).resolve()
    if not device.exists():
        return False
    path = device.as_posix()
    flags = (each / "removable" for each in (device, device.parent))
    says_so = any(each.is_file() and each.read_text().strip() == "1" for each in flags)
    return says_so or "/usb" in path or "/mmc_host/" in path


def _label(system: Path, source: str) -> str:
    """What the owner called it, else what the maker did."""
    for link in _links(system / "dev/disk/by-label"):
        if link.resolve().name == Path(source).name:
            return _plain(link.name)
    disk = (system / "sys/class/block" / Path(source).name).resolve()
    models = (each / "device/model" for each in (disk, disk.parent))
    return next((each.read_text("utf-8", "replace") for each in models if each.is_file()), "")


def _links(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _plain(name: str) -> str:
    r"""A blank in a label is written ``\x20`` by udev; valid UTF-8 is left as it is."""
    head, *rest = name.split("\\x")
    with suppress(ValueError):
        return head + "".join(chr(int(each[:2], 16)) + each[2:] for each in rest)
    return name


# --- Reading and writing ------------------------------------------------------------------------


@contextmanager
def _root(drive: Drive) -> Iterator[int]:
    """The drive's own root folder, held open; what the drive then says becomes a sentence."""
    try:
        handle = os.open(drive.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            entry = os.fstat(handle)
            if (entry.st_dev, entry.st_ino) != drive.identity:
                raise EnvironmentFault("drive_gone")
            yield handle
        finally:
            os.close(handle)
    except OSError as trouble:
        raise _fault(drive, trouble) from trouble


def _fault(drive: Drive, trouble: OSError) -> EnvironmentFault:
    if trouble.errno in _FULL:
        return EnvironmentFault("drive_full")
    if trouble.errno in _GONE or not _still_in(drive):
        return EnvironmentFault("drive_gone")
    if trouble.errno in _CLOSED:
        return EnvironmentFault("drive_read_only")
    return EnvironmentFault("drive_trouble")


def _still_in(drive: Drive) -> bool:
    with suppress(OSError):
        entry = drive.folder.stat()
        return (entry.st_dev, entry.st_ino) == drive.identity
    return False


def _files(root: int) -> Iterator[tuple[str, os.stat_result]]:
    """Path and entry of each regular file on the drive itself, as far as the limits go."""
    left = MOST_ENTRIES
    waiting = [""]
    while waiting:
        place = waiting.pop(0)
        for entry in _entries(root, place):
            left -= 1
            if left < 0:
                return
            path = f"{place}/{entry.name}".lstrip("/")
            if entry.is_dir(follow_symlinks=False):
                waiting += [path] if path.count("/") + 1 < DEEPEST else []
            elif entry.is_file(follow_symlinks=False):
                with suppress(FileNotFoundError):
                    yield path, entry.stat(follow_symlinks=False)


def _entries(root: int, place: str) -> Iterator[os.DirEntry[str]]:
    """What is in one folder, but for what is hidden; nothing of one that is closed to us."""
    try:
        with _folder(root, PurePosixPath(place).parts) as here:
            if os.fstat(here).st_dev != os.fstat(root).st_dev:
                return
            with os.scandir(here) as entries:
                yield from (each for each in entries if not each.name.startswith("."))
    except OSError as trouble:
        if trouble.errno not in _CLOSED:
            raise


@contextmanager
def _folder(root: int, parts: tuple[str, ...]) -> Iterator[int]:
    """A folder held open: gone to step by step, through no link and out of no folder."""
    here = os.dup(root)
    try:
        for each in parts:
            below = os.open(each, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def _opened(root: int, path: str) -> int:
    """Open a regular file of the drive."""
    *folders, name = PurePosixPath(path).parts
    if ".." in (*folders, name):
        raise ValueError("not a path on the drive")
    with _folder(root, tuple(folders)) as here:
        # A pipe under a picture's name would keep us waiting for its other end.
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EIO, "not a regular file")
    return handle


def _write_draft(root: int, draft: str, content: bytes) -> None:
    with suppress(FileNotFoundError):  # left by a drive that was pulled out while we wrote
        os.unlink(draft, dir_fd=root)
    made = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(draft, made, 0o644, dir_fd=root), "wb") as stream:
        for start in range(0, len(content), _PIECE):
            stream.write(content[start : start + _PIECE])
        stream.flush()
        os.fsync(stream.fileno())


def _free_name(root: int, name: str) -> str:
    """`name`, or with a number before its ending: nothing of the owner's is written over."""
    taken = {each.casefold() for each in os.listdir(root)}  # FAT tells no case apart
    pure = PurePosixPath(name)
    tried, number = name, 1
    while tried.casefold() in taken:
        number += 1
        tried = f"{pure.stem} ({number}){pure.suffix}"
    return tried
