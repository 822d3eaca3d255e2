"""The system calls of a piece of work, and the files as a power cut could leave them.

strace writes down every call that changes a file, with its bytes, and every word that was told.
What a call wrote is on the disk for certain only once the file was synced; until then any part of
it may be there, in blocks of 512 bytes and in any order. A name that was made, changed or removed
is certain only once its folder was synced. Nothing else is assumed of the file system.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.hall import Ack

SECTOR = 512
CALLS = (
    "openat,creat,mkdir,mkdirat,write,pwrite64,ftruncate,truncate,fsync,fdatasync,rename,renameat,"
    "renameat2,unlink,unlinkat,rmdir,link,linkat,sendto"
)
IGNORED = ("-shm",)
"""Ends of names that mean nothing after a power cut: SQLite makes them anew."""

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_HANDLE = re.compile(r"^(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2}|[^>])*)>")
_SYNCS = ("fsync", "fdatasync")


@dataclass(frozen=True)
class Call:
    """One call that succeeded: its name, the paths in it, its bytes and numbers."""

    name: str
    paths: tuple[str, ...]
    content: bytes = b""
    number: int = 0
    creates: bool = False
    truncates: bool = False


def read_calls(file: Path) -> Iterator[Call]:
    """The calls that strace wrote down with ``-xx -y -s`` large enough, in their order."""
    for line in file.read_text("ascii").splitlines():
        found = _CALL.match(line)
        if found and int(found[3]) >= 0:
            call = _call(found[1], found[2])
            if call is not None:
                yield call


def _call(name: str, told: str) -> Call | None:
    texts = [_bytes(each) for each, cut in _TEXT.findall(told) if not cut or _cut(told)]
    handle = _HANDLE.match(told)
    path = _bytes(handle[2]).decode("utf-8", "replace") if handle else ""
    if name == "sendto":
        return Call(name, (), texts[0])
    if name in ("write", "pwrite64"):
        last = int(told.rpartition(", ")[2]) if name == "pwrite64" else -1
        return Call(name, (path,), texts[0], last)
    if name in ("ftruncate",):
        return Call(name, (path,), b"", int(told.rpartition(", ")[2]))
    if name in _SYNCS:
        return Call("sync", (path,))
    if name in ("openat", "creat"):
        flags = told.rpartition('"')[2]
        if "O_CREAT" not in flags and "O_TRUNC" not in flags:
            return None
        return Call(
            "open", (texts[0].decode(),), creates="O_CREAT" in flags, truncates="O_TRUNC" in flags
        )
    paths = tuple(each.decode() for each in texts)
    plain = {"mkdirat": "mkdir", "unlinkat": "unlink", "renameat": "rename", "linkat": "link"}
    return Call(plain.get(name, "rename" if name == "renameat2" else name), paths)


def _cut(told: str) -> bool:
    raise ValueError(f"strace left bytes out: {told[:80]}")


def _bytes(escaped: str) -> bytes:
    if "\\x" not in escaped:
        return escaped.encode()
    return bytes.fromhex(escaped.replace("\\x", ""))


@dataclass(frozen=True)
class Write:
    """Bytes at a place, or with `content` None a new length."""

    place: int
    content: bytes | None


@dataclass
class Inode:
    """A file: what is on the disk for certain, and what was written since."""

    certain: bytes = b""
    pending: list[Write] = field(default_factory=list)
    length: int = 0

    def write(self, place: int, content: bytes) -> None:
        """Bytes that are not synced yet; place -1 is the end."""
        place = self.length if place < 0 else place
        self.pending.append(Write(place, content))
        self.length = max(self.length, place + len(content))

    def truncate(self, length: int) -> None:
        """A new length that is not synced yet."""
        self.pending.append(Write(length, None))
        self.length = length

    def sync(self) -> None:
        """All of it is certain now."""
        self.certain, self.pending = self.image([True] * len(self.pending)), []

    def image(self, kept: list[bool | int]) -> bytes:
        """The file with those pending writes that were kept; a number is a seed for torn ones."""
        content = bytearray(self.certain)
        for write, keep in zip(self.pending, kept, strict=True):
            if keep is False:
                continue
            if write.content is None:
                del content[write.place :]
                content.extend(bytes(write.place - len(content)))
            elif keep is True:
                _put(content, write.place, write.content)
            else:
                for place, piece in _torn(write, keep):
                    _put(content, place, piece)
        return bytes(content)


def _put(content: bytearray, place: int, piece: bytes) -> None:
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(piece)] = piece


def _torn(write: Write, seed: int) -> Iterator[tuple[int, bytes]]:
    """Some of the sectors of a write."""
    dice, content = random.Random(seed), write.content or b""
    start = 0
    while start < len(content):
        end = min((write.place + start) // SECTOR * SECTOR + SECTOR - write.place, len(content))
        if dice.random() < 0.5:
            yield write.place + start, content[start:end]
        start = end


@dataclass(frozen=True)
class NameChange:
    """A name made, moved or removed and not synced yet."""

    kind: str
    name: str
    other: str = ""
    inode: Inode | None = None


@dataclass
class Disk:
    """A folder as it is, and as it is certain to be."""

    root: str
    names: dict[str, Inode] = field(default_factory=dict)
    certain_names: dict[str, Inode] = field(default_factory=dict)
    changes: list[NameChange] = field(default_factory=list)
    told: list[Ack] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """The folder as it lies there, all of it certain."""
        disk = cls(str(folder))
        for file in folder.rglob("*"):
            if file.is_file() and not file.name.endswith(IGNORED):
                content = file.read_bytes()
                disk.names[str(file)] = Inode(content, [], len(content))
        disk.certain_names = dict(disk.names)
        return disk

    def play(self, call: Call) -> bool:
        """Take in one call; True if a power cut after it could leave something new."""
        if call.name == "sendto":
            self.told += [json.loads(line) for line in call.content.decode().splitlines()]
            return True
        inside = [p for p in call.paths if p.startswith(self.root) and not p.endswith(IGNORED)]
        if not inside or len(inside) != len(call.paths):
            return False
        return bool(getattr(self, f"_{call.name}")(call))

    def _open(self, call: Call) -> bool:
        path = call.paths[0]
        inode = self.names.get(path)
        if inode is None:
            inode = self.names[path] = Inode()
            self.changes.append(NameChange("link", path, inode=inode))
            return True
        if call.truncates and inode.length:
            inode.truncate(0)
            return True
        return False

    def _write(self, call: Call) -> bool:
        return self._pwrite64(call)

    def _pwrite64(self, call: Call) -> bool:
        inode = self.names.get(call.paths[0])
        if inode is not None:  # else it was deleted while open
            inode.write(call.number, call.content)
        return inode is not None

    def _ftruncate(self, call: Call) -> bool:
        self.names[call.paths[0]].truncate(call.number)
        return True

    def _sync(self, call: Call) -> bool:
        path = call.paths[0]
        if path in self.names:
            self.names[path].sync()
            return True
        kept = []
        for change in self.changes:
            if _folder(change.name) == path or (change.other and _folder(change.other) == path):
                _apply(self.certain_names, change)
            else:
                kept.append(change)
        self.changes = kept
        return True

    def _rename(self, call: Call) -> bool:
        old, new = call.paths
        inode = self.names.pop(old, None)
        if inode is None:  # a folder
            return False
        self.names[new] = inode
        self.changes.append(NameChange("rename", old, new, inode))
        return True

    def _unlink(self, call: Call) -> bool:
        if self.names.pop(call.paths[0], None) is None:
            return False
        self.changes.append(NameChange("unlink", call.paths[0]))
        return True

    def _link(self, call: Call) -> bool:
        inode = self.names[call.paths[0]]
        self.names[call.paths[1]] = inode
        self.changes.append(NameChange("link", call.paths[1], inode=inode))
        return True

    def _mkdir(self, _call: Call) -> bool:
        return False  # a folder without a file in it makes no difference here

    _rmdir = _mkdir

    def images(self, dice: random.Random, count: int) -> Iterator[dict[str, bytes]]:
        """Up to `count` states that a power cut now could leave, each a name to its content."""
        yield self._image(lambda pending: [False] * len(pending), [False] * len(self.changes))
        yield self._image(lambda pending: [True] * len(pending), [True] * len(self.changes))
        pending = any(inode.pending for inode in self.names.values())
        if not pending and not self.changes:
            return
        for number in range(count - 2):
            share = dice.choice((0.1, 0.5, 0.9, 0.97))
            torn = number % 2 == 0

            def some(
                writes: list[Write], share: float = share, torn: bool = torn
            ) -> list[bool | int]:
                return [_fate(dice, share, torn) for _ in writes]

            yield self._image(some, [dice.random() < 0.7 for _ in self.changes])

    def _image(self, choose: object, kept: list[bool]) -> dict[str, bytes]:
        names = dict(self.certain_names)
        for change, keep in zip(self.changes, kept, strict=True):
            if keep:
                _apply(names, change)
        fates: dict[int, bytes] = {}
        for inode in names.values():
            if id(inode) not in fates:
                chosen = choose(inode.pending)  # type: ignore[operator]
                fates[id(inode)] = inode.image(chosen) if inode.pending else inode.certain
        return {name: fates[id(inode)] for name, inode in names.items()}


def _fate(dice: random.Random, share: float, torn: bool) -> bool | int:
    """Whether a write is kept; a number above 1 tears it."""
    if torn and dice.random() < 0.3:
        return dice.randrange(2, 1 << 30)
    return dice.random() < share


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _apply(names: dict[str, Inode], change: NameChange) -> None:
    if change.kind == "link" and change.inode is not None:
        names[change.name] = change.inode
    elif change.kind == "unlink":
        names.pop(change.name, None)
    elif change.kind == "rename" and change.inode is not None:
        names.pop(change.name, None)
        names[change.other] = change.inode
