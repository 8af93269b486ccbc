#!/usr/bin/env python3
"""Draws what the stages of the soak held: a picture a stage, in it a curve for each kind of thing.

usage: curves.py FOLDER FILE.tsv...   writes FOLDER/soak-NAME.svg for each FILE
"""
import csv
import pathlib
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, GAP = 640, 90, 110, 34


def text(x, y, words, anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def curve(name, seconds, values, top):
    low, high = min(values), max(values)
    # What hardly changes shall look so.
    span = max(high - low, high * 0.1, 1)
    points = " ".join(
        f"{LEFT + (WIDTH - LEFT - 10) * s / seconds[-1]:.1f},{top + HEIGHT * (1 - (v - low) / span):.1f}"
        for s, v in zip(seconds, values))
    yield text(LEFT, top - 6, name)
    yield text(LEFT - 6, top + HEIGHT, f"{low:,.0f}", "end")
    yield text(LEFT - 6, top + 10, f"{low + span:,.0f}", "end")
    yield f'<path class="axis" d="M{LEFT},{top} v{HEIGHT} H{WIDTH - 10}"/>'
    yield f'<polyline points="{points}"/>'


def picture(file):
    with file.open() as lines:
        head, *rows = csv.reader(lines, delimiter="\t")
    columns = list(zip(*[[float(cell) for cell in row] for row in rows]))
    height = GAP + (HEIGHT + GAP) * (len(head) - 1) + 20
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
           f'width="{WIDTH}" height="{height}">')
    yield ("<style>text { font: 12px sans-serif; fill: #888 } "
           "polyline { fill: none; stroke: #2a7ab8; stroke-width: 1.5 } "
           ".axis { fill: none; stroke: #888 }</style>")
    for number, name in enumerate(head[1:], 1):
        yield from curve(name, columns[0], columns[number], GAP + (HEIGHT + GAP) * (number - 1))
    yield text(LEFT, height - 8, "0 s")
    yield text(WIDTH - 10, height - 8, f"{columns[0][-1]:.0f} s", "end")
    yield "</svg>"


def main():
    folder = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:]:
        file = pathlib.Path(name)
        target = folder / f"soak-{file.stem.lower().replace('_', '-')}.svg"
        target.write_text("\n".join(picture(file)) + "\n")


if __name__ == "__main__":
    main()
