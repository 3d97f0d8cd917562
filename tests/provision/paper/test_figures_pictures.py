"""Figures beside pictures that somebody has looked at, in ``tests/pictures``, with a tolerance for
another machine's rounding.

After a change that is meant, draw the pictures anew, look at each and commit them::

    PYTHONPATH=.:tests .venv/bin/python tests/provision/paper/test_figures_pictures.py
"""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pytest
from PIL import Image
from support import ROOT

from provision.io.files import DataFiles
from provision.links.query import SizeName, parse
from provision.paper.figures import preview
from provision.paper.view import View
from provision.record import Record, load

PICTURES = ROOT / "tests" / "pictures"
WIDTH = 480
ASKED = {
    "hubs": "E09000003~land,E09000004~own",
    "off": "minerva-crc",
    "name": "Two hubs",
    "b": "v=1&hubs=E09000005",
}
DRAWN: list[tuple[str, SizeName]] = [
    ("coverage", "column"),
    ("coverage", "page"),
    ("coverage", "slide"),
    ("tiles", "page"),
    ("gaps", "page"),
    ("calendar", "page"),
    ("theme", "page"),
    ("scenario", "page"),
    ("difference", "page"),
]


def picture(record: Record, kind: str, size: SizeName, on: str = "") -> Image.Image:
    """A figure at the width of the reviewed pictures."""
    query, _ = parse(ASKED | {"theme": "accommodation"} | ({"on": on} if on else {}), record)
    return Image.open(io.BytesIO(preview(record, View(kind, query), size, WIDTH))).convert("RGB")  # type: ignore[arg-type]


def apart(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How far two pictures are apart: the mean difference of a channel (0-255), and the share of
    pixels that clearly differ."""
    if one.size != other.size:
        return 255.0, 1.0
    difference = np.abs(np.asarray(one, dtype=int) - np.asarray(other, dtype=int))
    return float(difference.mean()), float((difference.max(axis=2) > 48).mean())


@pytest.mark.parametrize(("kind", "size"), DRAWN, ids=[f"{k}-{s}" for k, s in DRAWN])
def test_a_figure_looks_as_it_was_reviewed(london: Record, kind: str, size: SizeName) -> None:
    reviewed = Image.open(PICTURES / f"{kind}-{size}.png").convert("RGB")
    mean, clearly = apart(picture(london, kind, size), reviewed)
    assert mean < 1.5 and clearly < 0.01, (mean, clearly)


def test_the_tolerance_tells_one_figure_from_another(london: Record) -> None:
    reviewed = Image.open(PICTURES / "coverage-page.png").convert("RGB")
    later = date(2020, 4, 30).isoformat()  # three areas have lapsed, and their look has changed
    mean, clearly = apart(picture(london, "coverage", "page", later), reviewed)
    assert mean > 1.5 and clearly > 0.01, (mean, clearly)


if __name__ == "__main__":
    for kind, size in DRAWN:
        picture(load(DataFiles.london()), kind, size).quantize(128, dither=Image.Dither.NONE).save(
            PICTURES / f"{kind}-{size}.png", optimize=True
        )
