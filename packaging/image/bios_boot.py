"""Make a disk image start by BIOS: what `grub-bios-setup` does, on a file and without a device.

``bios_boot.py IMAGE BOOT_IMG SECTOR``: GRUB's core image lies at SECTOR already, in a BIOS boot
partition. The offsets are those of GRUB's ``include/grub/i386/pc/boot.h`` and ``diskboot.h``.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Final

SECTOR: Final = 512
KERNEL_SECTOR: Final = 0x5C
"""Where the boot sector keeps the core image's first sector, eight bytes."""
DRIVE_CHECK: Final = 0x66
"""A jump that grub-bios-setup replaces by two no-operations where the drive number is trusted."""
BLOCK_LIST: Final = 0x1F4
"""Where the core's first sector keeps the sector of what follows it, eight bytes."""
CODE: Final = 0x1B8
"""What follows is the disk's signature and its partition table, which stay."""


def install(image: Path, boot: bytes, sector: int) -> None:
    """Write the boot sector, and tell it and the core image where the core lies."""
    code = bytearray(boot[:SECTOR])
    struct.pack_into("<Q", code, KERNEL_SECTOR, sector)
    code[DRIVE_CHECK : DRIVE_CHECK + 2] = b"\x90\x90"
    with image.open("r+b") as disk:
        # A FAT's parameters would lie between the first jump and the code; a disk has none there.
        disk.write(code[:CODE])
        disk.seek(sector * SECTOR + BLOCK_LIST)
        disk.write(struct.pack("<Q", sector + 1))


if __name__ == "__main__":
    install(Path(sys.argv[1]), Path(sys.argv[2]).read_bytes(), int(sys.argv[3]))
