#!/usr/bin/env bash
# Builds dist/village-kiosk_VERSION_ARCH.img: a disk from which a hall's machine starts, by UEFI or
# BIOS, into the kiosk. Needs root, and no loop device: file systems are filled as files.
# Called by ./kiosk.sh image, which has built the package. KIOSK_IMAGE_WORK names a folder with 6 GB.
set -euo pipefail
umask 022

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
PARTS=$HERE/packaging/image
WORK=${KIOSK_IMAGE_WORK:-$HERE/build/image}
VERSION=$("$HERE/.venv/bin/python" -c 'import kiosk; print(kiosk.__version__)')
PACKAGE=$HERE/dist/village-kiosk_${VERSION}_amd64.deb
IMAGE=${KIOSK_IMAGE_OUT:-$HERE/dist}/village-kiosk_${VERSION}_amd64.img
SUITE=$(. /etc/os-release && echo "$VERSION_CODENAME")
ROOT_MIB=3584
ESP_MIB=64
# GUIDs of the Discoverable Partitions Specification and of GRUB's BIOS boot partition.
ROOT_TYPE=4f68bce3-e8cd-4db1-96e7-fbcaf984b709
ESP_TYPE=c12a7328-f81f-11d2-ba4b-00a0c93ec93b
BIOS_TYPE=21686148-6449-6e6f-744e-656564454649

say() { printf 'image: %s\n' "$*" >&2; }

INCLUDED=(linux-image-amd64 initramfs-tools systemd-sysv dbus libpam-systemd systemd-timesyncd plymouth plymouth-themes
    dosfstools e2fsprogs ca-certificates netbase unattended-upgrades
    kbd sudo wlr-randr)
FIRMWARE=(firmware-linux-nonfree firmware-misc-nonfree firmware-amd-graphics firmware-realtek intel-microcode
    amd64-microcode)

build_root() {
    export KEEPER_PASSWORD
    KEEPER_PASSWORD=$(tr -dc a-km-z2-9 </dev/urandom | head -c 12 || true)
    say "installing Debian $SUITE and the package (about six minutes)"
    rm -rf "$WORK/root" "$WORK/root.tar"
    mkdir -p "$WORK"
    local firmware=("${FIRMWARE[@]}") components=main,non-free-firmware
    # KIOSK_IMAGE_FIRMWARE=no leaves out what is not free, such as for trying it in an emulator.
    [[ ${KIOSK_IMAGE_FIRMWARE:-yes} == yes ]] || firmware=() components=main
    local included=("${INCLUDED[@]}" "${firmware[@]}")
    mmdebstrap --variant=apt --components="$components" --format=tar \
        --include="$(IFS=,; echo "${included[*]}")" --include="$PACKAGE" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --hook-dir=/usr/share/mmdebstrap/hooks/file-mirror-automount \
        --customize-hook="copy-in $PARTS/files/. /" \
        --customize-hook="mkdir -p \"\$1/boot/grub\"" --customize-hook="copy-in $PARTS/grub.cfg /boot/grub" \
        --customize-hook="$PARTS/configure \"\$1\"" \
        "$SUITE" "$WORK/root.tar"
    mkdir "$WORK/root"
    tar -x --numeric-owner -p -C "$WORK/root" -f "$WORK/root.tar"
    rm "$WORK/root.tar"
}

make_file_systems() {
    say "filling the file systems"
    rm -f "$WORK"/{root,esp}.img
    mkfs.ext4 -q -L kiosk-root -d "$WORK/root" "$WORK/root.img" "${ROOT_MIB}M"
    mkfs.vfat -C -n KIOSK-EFI "$WORK/esp.img" $((ESP_MIB * 1024)) >/dev/null
    grub-mkstandalone -O x86_64-efi -o "$WORK/BOOTX64.EFI" --modules='part_gpt ext2 search normal linux all_video' \
        "boot/grub/grub.cfg=$PARTS/grub.cfg"
    mmd -i "$WORK/esp.img" ::/EFI ::/EFI/BOOT
    mcopy -i "$WORK/esp.img" "$WORK/BOOTX64.EFI" ::/EFI/BOOT/BOOTX64.EFI
    grub-mkimage -O i386-pc -o "$WORK/core.img" -c "$PARTS/early.cfg" -p '(hd0,gpt3)/boot/grub' \
        biosdisk part_gpt ext2 search search_label normal linux all_video configfile test echo
}

# put FILE MIB: into the image, at so many MiB from its beginning.
put() { dd if="$1" of="$IMAGE" bs=1M seek="$2" conv=notrunc,sparse status=none; }

make_disk() {
    say "laying out $IMAGE"
    local esp_at=2 root_at=$((2 + ESP_MIB))
    rm -f "$IMAGE"
    mkdir -p "${IMAGE%/*}"
    truncate -s "$((root_at + ROOT_MIB + 1))M" "$IMAGE"
    sfdisk --quiet "$IMAGE" <<TABLE
label: gpt
start=1MiB, size=1MiB, type=$BIOS_TYPE, name=bios
start=${esp_at}MiB, size=${ESP_MIB}MiB, type=$ESP_TYPE, name=efi
start=${root_at}MiB, size=${ROOT_MIB}MiB, type=$ROOT_TYPE, name=root
TABLE
    put "$WORK/esp.img" "$esp_at"
    put "$WORK/root.img" "$root_at"
    put "$WORK/core.img" 1
    "$HERE/.venv/bin/python" -P "$PARTS/bios_boot.py" "$IMAGE" /usr/lib/grub/i386-pc/boot.img 2048
}

[[ $EUID -eq 0 ]] || { say "root is needed: sudo ./kiosk.sh image"; exit 1; }
build_root
make_file_systems
make_disk
rm -rf "$WORK/root" "$WORK"/{root,esp}.img
(umask 077; printf '%s\n' "$KEEPER_PASSWORD" >"$IMAGE.keeper")
say "the password of the account keeper, to be changed at its first sign-in, stands in $IMAGE.keeper"
say "built $IMAGE ($(du -h "$IMAGE" | cut -f1) of $(du -h --apparent-size "$IMAGE" | cut -f1))"
