"""Signs by typst, the code by segno as SVG: `... COUNT PAGES [FILE]`."""

from __future__ import annotations

import io

import segno
import typst

from tests.benchmarks.peers.sheet import (
    FACES,
    FONTS,
    HEIGHT,
    PALE,
    QR_LEFT,
    QR_SIDE,
    QR_TOP,
    RED,
    TEA,
    WIDTH,
    Sign,
    timed,
)

HEAD = f"""#set page(width: {WIDTH}mm, height: {HEIGHT}mm, margin: 0mm)
#set text(top-edge: "baseline", bottom-edge: "baseline")
"""
_compiler = typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def make(signs: list[Sign]) -> bytes:
    source = HEAD + "\n#pagebreak()\n".join(_page(sign) for sign in signs)
    return bytes(_compiler.compile(input=source.encode(), format="pdf"))


def _page(sign: Sign) -> str:
    frame = (
        f"rect(width: {WIDTH - 12}mm, height: {HEIGHT - 12}mm, radius: 7mm, stroke: {_rgb(TEA)})"
    )
    parts = [f"#place(dx: 6mm, dy: 6mm, {frame})"]
    for words in sign.words:
        _, family, weight = FACES[words.face]
        style = f'font: "{family}", weight: {weight}, size: {words.em}mm'
        text = f'text({style}, fill: {_rgb(words.colour)}, "{words.text}")'
        parts.append(f"#place(dx: {words.x}mm, dy: {words.y}mm, {text})")
    for star in sign.stars:
        points = ", ".join(f"({x:.2f}mm, {y:.2f}mm)" for x, y in star.points)
        how = f"fill: {_rgb(RED)}" if star.filled else f"stroke: 0.75mm + {_rgb(PALE)}"
        parts.append(f"#place(polygon({how}, {points}))")
    svg = io.BytesIO()
    segno.make(sign.code, error="l", micro=False).save(svg, kind="svg", border=0, xmldecl=False)
    drawn = svg.getvalue().decode().replace("\\", "\\\\").replace('"', '\\"')
    picture = f'image(bytes("{drawn}"), format: "svg", width: {QR_SIDE}mm)'
    parts.append(f"#place(dx: {QR_LEFT}mm, dy: {QR_TOP}mm, {picture})")
    return "\n".join(parts)


def _rgb(colour: tuple[float, float, float]) -> str:
    return "rgb({:.0f}, {:.0f}, {:.0f})".format(*(each * 255 for each in colour))


timed(make)
