#!/usr/bin/env bash
# Builds dist/village-kiosk_VERSION_ARCH.deb: the program and its pinned dependencies under
# /usr/lib/village-kiosk, the kiosk session as a systemd unit, and a user of its own.
# Called by ./kiosk.sh package, which has set up the virtual environment.
set -euo pipefail
# Whatever its builder's own: the service's user reads all of it.
umask 022

HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
PYTHON=$HERE/.venv/bin/python
STAGE=$HERE/build/deb
PROGRAM=$STAGE/usr/lib/village-kiosk
VERSION=$("$PYTHON" -c 'import kiosk; print(kiosk.__version__)')
ARCHITECTURE=$(dpkg --print-architecture)
read -r PYTHON_SINCE PYTHON_BEFORE < <("$PYTHON" -c '
import sys; major, minor = sys.version_info[:2]; print(f"{major}.{minor}", f"{major}.{minor + 1}")')
MAINTAINER='village-kiosk maintainers <maintainers@users.noreply.r-seed-892c3586.example>'
PACKAGE=$HERE/dist/village-kiosk_${VERSION}_$ARCHITECTURE.deb

say() { printf 'package: %s\n' "$*" >&2; }

copy_program() {
    rm -rf "$STAGE"
    mkdir -p "$PROGRAM" "$HERE/dist"
    (cd "$HERE" && { find kiosk assets docs/manual -type f ! -name '*.pyc' -print0; manual_pictures; } |
        tar -c --null -T -) | tar -x -C "$PROGRAM"
}

# The pictures that the manuals show: a fifth of those that the documentation has.
manual_pictures() {
    grep -rhoE '\.\./\.\./screenshots/[^)]+\.png' docs/manual | sort -u | sed 's|^\.\./\.\./|docs/|' | tr '\n' '\0'
}

vendor_dependencies() {
    say "vendoring the packages of requirements/run.txt"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-input --no-compile \
        --only-binary :all: --no-deps --require-hashes --target "$PROGRAM/lib" \
        -r "$HERE/requirements/run.txt"
    # Programs, and what parts brought along for whoever works on them; reportlab's Type 1 fonts.
    rm -rf "$PROGRAM/lib"/{bin,tests,docs,share} "$PROGRAM"/lib/reportlab/fonts/*.pf[ab]
    link_twins
    # PySide6 carries Python source in a library and compiles it at each start, unless it lies here.
    SBK_EMBED=0 PYTHONPATH=$PROGRAM/lib "$PYTHON" -P -c 'import shiboken6'
}

# link_twins: of a library that a wheel holds under several names, one stays and the others are links.
link_twins() {
    (cd "$PROGRAM/lib" && find . -type f -name '*.so*' -size +64k -exec sha256sum {} + | sort) |
        while read -r sum file; do
            if [[ ${last_sum:-} == "$sum" ]]; then
                ln -sfr "$PROGRAM/lib/$last_file" "$PROGRAM/lib/$file"
            else
                last_sum=$sum last_file=$file
            fi
        done
}

# Of PySide6 the kiosk uses Qt Quick, the virtual keyboard and what those load; a browser engine,
# 3D, charts and the developer's programs would be 60 % of the package.
prune_qt() {
    local qt=$PROGRAM/lib/PySide6 unused
    rm -rf "$qt"/{Assistant,Designer,Linguist,assistant,designer,linguist,lupdate,lrelease,lconvert} \
        "$qt"/{qmlls,qmllint,qmlformat,svgtoqml,balsam,balsamui,qsb,typesystems,include,glue,doc,scripts} \
        "$qt"/Qt/{metatypes,resources,translations} "$qt"/Qt/libexec "$qt"/Qt/plugins/{designer,assetimporters,qmllint,sqldrivers}
    find "$qt" -name '*.pyi' -delete
    for unused in WebEngine 3D Quick3D Charts DataVisualization Graphs Designer Bluetooth Nfc Pdf \
        RemoteObjects Scxml SerialBus Location Help UiTools WebView; do
        find "$qt" -maxdepth 4 \( -name "Qt$unused*" -o -name "libQt6$unused*" \) \
            -prune -exec rm -rf {} +
    done
}

compile_bytecode() {
    # The service's user cannot write it later, and without it every start would compile anew.
    "$PYTHON" -m compileall -q -j 0 -s "$STAGE" -p / --invalidation-mode unchecked-hash "$PROGRAM" >/dev/null
}

install_file() { install -D -m "$1" "$HERE/packaging/debian/$2" "$STAGE/$3"; }

place_files() {
    install_file 755 kiosk usr/bin/kiosk
    install_file 755 session usr/lib/village-kiosk/session
    install_file 755 stop usr/lib/village-kiosk/stop
    install_file 644 village-kiosk.service lib/systemd/system/village-kiosk.service
    install_file 644 village-kiosk-off.path lib/systemd/system/village-kiosk-off.path
    install_file 644 village-kiosk-off.service lib/systemd/system/village-kiosk-off.service
    install_file 644 village-kiosk.sysusers usr/lib/sysusers.d/village-kiosk.conf
    install_file 644 village-kiosk-drive@.service lib/systemd/system/village-kiosk-drive@.service
    install_file 644 village-kiosk-drives.rules lib/udev/rules.d/90-village-kiosk-drives.rules
    install_file 644 village-kiosk.tmpfiles usr/lib/tmpfiles.d/village-kiosk.conf
    install_file 755 postinst DEBIAN/postinst
    install_file 755 prerm DEBIAN/prerm
    install_file 755 postrm DEBIAN/postrm
    install_file 755 mount-backup usr/lib/village-kiosk/mount-backup
    install_file 644 village-kiosk-backup@.service lib/systemd/system/village-kiosk-backup@.service
    install_file 644 issue etc/issue.d/village-kiosk.issue
    install_file 644 default etc/default/village-kiosk
    printf '%s\n' /etc/issue.d/village-kiosk.issue /etc/default/village-kiosk >"$STAGE/DEBIAN/conffiles"
    install_file 644 lintian-overrides usr/share/lintian/overrides/village-kiosk
    place_documents
}

# What the keeper reads when the kiosk does not start, and the verifier that needs nothing of it.
place_documents() {
    local documents=$STAGE/usr/share/doc/village-kiosk
    install_file 644 copyright usr/share/doc/village-kiosk/copyright
    install_file 644 README.Debian usr/share/doc/village-kiosk/README.Debian
    install -D -m 644 -t "$documents" "$HERE/README.md" \
        "$HERE"/docs/{operations,before-you-start,register,papers,charter}.md
    install -D -m 644 "$HERE/requirements/run.txt" "$documents/parts.txt"
    install -D -m 644 "$HERE/packaging/verifier/verify_log.py" "$documents/verifier/verify_log.py"
    ln -s ../../../lib/village-kiosk/docs/manual "$documents/manual"
    gzip -9n <"$HERE/CHANGELOG.md" >"$documents/CHANGELOG.md.gz"
    gzip -9n >"$documents/changelog.gz" <<CHANGES
village-kiosk ($VERSION) stable; urgency=medium

  * What a keeper notices stands in CHANGELOG.md.gz.

 -- $MAINTAINER  $(date -R -u -d "@${SOURCE_DATE_EPOCH:-$(git -C "$HERE" log -1 --format=%ct 2>/dev/null || date +%s)}")
CHANGES
}

write_control() {
    local depends
    depends=$(grep -hE '^[a-z]' "$HERE/packaging/debian/depends" "$HERE/requirements/debian-run.txt" | paste -sd, | sed 's/,/, /g')
    cat >"$STAGE/DEBIAN/control" <<CONTROL
Package: village-kiosk
Version: $VERSION
Architecture: $ARCHITECTURE
Maintainer: $MAINTAINER
Section: misc
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$STAGE" | cut -f1)
Depends: python3 (>= $PYTHON_SINCE), python3 (<< $PYTHON_BEFORE), $depends
Description: village-hall kiosk for a Good-Deed Book
 A full-screen touch terminal on which villagers look up, report and contest good deeds and
 concerns, and officials approve them and print door signs and slips. Opt-in, consent-based.
 .
 The kiosk session starts on the first terminal. Where there is no village yet, its screen founds
 one or restores one from a backup.
CONTROL
}

copy_program
vendor_dependencies
prune_qt
compile_bytecode
place_files
write_control
# A checkout that was made under another umask keeps its files from others.
chmod -R u=rwX,go=rX "$STAGE"
find "$STAGE" -type f -name '*.so*' -exec chmod a-x {} +
say "packing"
dpkg-deb --root-owner-group -Zxz -z2 --build "$STAGE" "$PACKAGE" >/dev/null
say "built $PACKAGE ($(du -h "$PACKAGE" | cut -f1))"
