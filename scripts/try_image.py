"""Start a disk image in an emulated machine and keep pictures of what its screen shows.

``python -m scripts.try_image IMAGE DIR``: the image itself is not written to. Says after how many
seconds each picture came.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

UEFI: Final = (Path("/usr/share/OVMF/OVMF_CODE_4M.fd"), Path("/usr/share/OVMF/OVMF_VARS_4M.fd"))
_START_SECONDS: Final = 20.0


class Monitor:
    """QEMU's own door (QMP): one command, one answer."""

    def __init__(self, file: Path) -> None:
        until = time.monotonic() + _START_SECONDS
        self._socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self._socket.connect(str(file))
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        self._lines = self._socket.makefile("rw", encoding="utf-8")
        self._lines.readline()
        self.ask("qmp_capabilities")

    def ask(self, command: str, **arguments: Any) -> Any:
        """What QEMU answers; events that come between are passed over."""
        self._lines.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._lines.flush()
        while True:
            said = json.loads(self._lines.readline())
            if "return" in said or "error" in said:
                return said


def machine(image: Path, folder: Path, *, bios: bool, kvm: bool, grown: str) -> list[str]:
    """The emulated machine, with a disk of its own over the image's."""
    disk = folder / "disk.qcow2"
    subprocess.run(
        [
            "qemu-img",
            "create",
            "-q",
            "-f",
            "qcow2",
            "-b",
            image.resolve(),
            "-F",
            "raw",
            disk,
            grown,
        ],
        check=True,
    )
    firmware: list[str] = []
    if not bios:
        shutil.copy(UEFI[1], folder / "vars.fd")
        firmware = [
            *("-drive", f"if=pflash,format=raw,readonly=on,file={UEFI[0]}"),
            *("-drive", f"if=pflash,format=raw,file={folder / 'vars.fd'}"),
        ]
    return [
        *("qemu-system-x86_64", "-accel", "kvm" if kvm else "tcg,thread=multi"),
        *("-cpu", "host,-arch-capabilities" if kvm else "Nehalem", "-smp", "2", "-m", "3072"),
        *firmware,
        *("-drive", f"file={disk},if=virtio,cache=writethrough"),
        *("-vga", "virtio", "-display", "none", "-device", "virtio-tablet-pci"),
        *("-nic", "user,model=virtio-net-pci"),
        *("-qmp", f"unix:{folder / 'qmp'},server=on,wait=off"),
    ]


def watch(monitor: Monitor, folder: Path, seconds: float, every: float) -> None:
    """A picture each `every` seconds, kept where it differs from the one before."""
    began, before = time.monotonic(), b""
    while (now := time.monotonic() - began) < seconds:
        picture = folder / "now.png"
        monitor.ask("screendump", filename=str(picture.resolve()), format="png")
        if picture.exists() and (content := picture.read_bytes()) != before:
            before = content
            picture.rename(folder / f"{now:05.0f}s.png")
            print(f"{now:5.0f} s  another picture", flush=True)
        time.sleep(every)


def main() -> int:
    """Start it, watch, and switch it off."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("image", type=Path)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=float, default=240)
    asked.add_argument("--every", type=float, default=3)
    asked.add_argument("--bios", action="store_true", help="instead of UEFI")
    asked.add_argument("--kvm", action="store_true", help="instead of emulating the processor")
    asked.add_argument("--disk", default="8G", help="the size of the machine's disk")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "qmp").unlink(missing_ok=True)
    command = machine(given.image, given.folder, bios=given.bios, kvm=given.kvm, grown=given.disk)
    with subprocess.Popen(command) as running:
        try:
            watch(Monitor(given.folder / "qmp"), given.folder, given.seconds, given.every)
        finally:
            running.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
