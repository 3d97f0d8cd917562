"""Figures as files: each opened with an independent reader, and every text on every one of them
whole and clear of the others."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from PIL import Image

from provision.links.query import Query, parse
from provision.paper.canvas import Canvas
from provision.paper.figures import SIZES, canvas_of, draw
from provision.paper.lettering import cut, fitted, wide, wrap
from provision.paper.theme_panels import panels
from provision.paper.view import Kind, View
from provision.paper.views import describe, views
from provision.record import Record

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg

SVG = "{http://www.w3.org/2000/svg}"
HUBS = {
    "hubs": "E09000003~land,E09000004~own",
    "off": "minerva-crc",
    "name": "Two hubs <b>&amp; $x^2$",
    "b": "v=1&hubs=E09000005",
}


@pytest.fixture(scope="module")
def asked(london: Record) -> Query:
    """A view with a scenario whose name is hostile, and another beside it."""
    query, notes = parse(HUBS, london)
    assert notes == []
    return query


def reader(program: str, pdf: bytes, tmp_path: Path, *options: str) -> str:
    file = tmp_path / "figure.pdf"
    file.write_bytes(pdf)
    words = [program, *options, str(file), *(["-"] if program == "pdftotext" else [])]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


@cache
def measuring() -> RendererAgg:
    """One renderer for all pages: it keeps how large it has found a text to be, and most texts
    stand on many pages."""
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, 300)


def overlaps(canvas: Canvas) -> list[str]:
    """Texts that lie over each other or over the edge of the page, as matplotlib's own renderer
    measures them."""
    canvas.figure.set_dpi(300)
    renderer = measuring()
    width, height = (n * 300 for n in canvas.figure.get_size_inches())
    found, faults = [], []
    for text in canvas.figure.axes[0].texts:
        box = text.get_window_extent(renderer)
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height:
            faults.append(f"over the edge: {text.get_text()}")
        # The box of a line has room for every letter of the font; what is inked leaves a little of
        # it free.
        found.append(
            (box.x0, box.y0 + 0.14 * box.height, box.x1, box.y1 - 0.1 * box.height, text.get_text())
        )
    for one, other in combinations(found, 2):
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]:
            faults.append(f"{one[4]!r} lies over {other[4]!r}")
    return faults


@pytest.mark.parametrize("size", SIZES)
def test_no_text_on_another_day_or_on_tiles_is_cut_off_or_lies_over_another(
    london: Record, asked: Query, size: str
) -> None:
    later, early = (replace(asked, on=day) for day in (date(2021, 4, 30), date(2017, 1, 1)))
    tiled = replace(asked, view="tiles")
    for view in [
        *views(london, later)[:6],
        *views(london, early)[:6],
        *views(london, tiled)[-3:],
    ]:
        assert overlaps(canvas_of(london, view, size)) == [], view.id  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
def test_another_region_fits_as_well(city: Record, farwater: Record, size: str) -> None:
    for record in (city, farwater):
        for view in views(record, Query.default(record)):
            assert overlaps(canvas_of(record, view, size)) == [], view.id  # type: ignore[arg-type]


def test_the_check_for_overlaps_finds_them() -> None:
    canvas = Canvas(50, 20)
    canvas.text((5, 10), "Northgate", 9)
    canvas.text((12, 11), "Southgate", 9)
    canvas.text((45, 3), "Eastgate", 9)
    assert overlaps(canvas) == ["over the edge: Eastgate", "'Northgate' lies over 'Southgate'"]


@pytest.mark.parametrize("size", SIZES)
def test_all_that_must_stand_on_a_figure_does_and_nothing_over_another(
    london: Record, asked: Query, size: str
) -> None:
    for view in views(london, asked):
        said = describe(london, view)
        canvas = canvas_of(london, view, size)  # type: ignore[arg-type]
        assert overlaps(canvas) == [], view.id
        texts = " ".join(t.get_text() for t in canvas.figure.axes[0].texts)
        must = [said.title, said.as_at, said.edition]
        source = f"Source: {'; '.join(said.sources)}."
        if view.kind is Kind.THEN_AND_NOW:  # two records' worth, which the caption has whole
            must += [said.rule[:60], source[:40]]
        else:
            must += [said.rule, source, " ".join(said.licence)]
        assert [text for text in must if text not in texts] == [], (view.id, size)
        assert f"Link: {said.where}".replace(" ", "") in texts.replace(" ", "")


@pytest.mark.parametrize(
    ("size", "address"),
    [
        ("column", "https://gaps.example.org"),
        *(
            (size, "https://womens-services-coverage-and-gaps.explorer.example.gov.uk/london")
            for size in SIZES
        ),
    ],
)
def test_where_the_explorer_is_published_stands_on_every_figure(
    london: Record, asked: Query, size: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVISION_ADDRESS", address)
    for view in views(london, asked):
        canvas = canvas_of(london, view, size)  # type: ignore[arg-type]
        texts = "".join(t.get_text() for t in canvas.figure.axes[0].texts).replace(" ", "")
        assert f"Link:{address}{describe(london, view).link}" in texts and overlaps(canvas) == [], (
            view.id
        )


@pytest.mark.parametrize("size", SIZES)
def test_every_area_is_named_on_a_map_or_in_its_key(london: Record, size: str) -> None:
    query = Query.default(london)
    for view in (View("coverage", query), View("tiles", query)):  # type: ignore[arg-type]
        texts = [t.get_text() for t in canvas_of(london, view, size).figure.axes[0].texts]  # type: ignore[arg-type]
        whole = " ".join(texts)
        for area in london.areas:
            assert area.name in whole or any(
                t.removeprefix("× ").removeprefix("? ") == area.label for t in texts
            ), (area.name, size)
        assert whole.count("×") == 7 + 1  # seven have none, and the legend


def test_an_svg_is_one_picture_with_a_name_and_a_description(london: Record, asked: Query) -> None:
    view = View("scenario", asked)  # type: ignore[arg-type]
    svg = draw(london, view, "page", "svg")
    root, said = ElementTree.fromstring(svg), describe(london, view)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    names = {
        child.get("id"): child.text for child in root if child.tag in (f"{SVG}title", f"{SVG}desc")
    }
    assert [names[i] for i in (root.get("aria-labelledby") or "").split()] == [
        f"{said.finding}. {said.title}. As at October 2018",
        said.alt,
    ]
    assert "<b>&amp; $x^2$" in said.title and b"<b>" not in svg  # hostile text stays text
    assert (root.get("width") or "").startswith("481.88")  # 170 mm
    assert b"<!DOCTYPE" not in svg and not root.findall(f".//{SVG}image")
    texts = {"".join(t.itertext()) for t in root.iter(f"{SVG}text")}
    assert "Merton" in " ".join(texts) and said.finding.split()[0] in " ".join(texts)
    style = "".join(e.text or "" for e in root.iter(f"{SVG}style"))
    assert style.count("@font-face") == 2 and "url(data:font/ttf;base64," in style
    refs = [value for e in root.iter() for name, value in e.attrib.items() if name.endswith("href")]
    assert all(ref.startswith("#") for ref in refs)


def test_a_pdf_has_its_words_as_words_and_its_fonts_with_it(london: Record, tmp_path: Path) -> None:
    view = View("coverage", Query.default(london))  # type: ignore[arg-type]
    pdf, said = draw(london, view, "page", "pdf"), describe(london, view)
    words = " ".join(reader("pdftotext", pdf, tmp_path).split())
    assert (
        said.title in words
        and "As at October 2018" in words
        and f"Data version {london.version}. Link: /coverage" in words
    )
    assert all(
        name in words
        for name in (
            "Barnet",
            "Greenwich",
            "Croydon",
            "Hammersmith and Fulham",
            "No contracted service: 7",
        )
    )
    assert said.rule in words
    info = reader("pdfinfo", pdf, tmp_path)
    assert (
        f"Title:           {said.finding}. {said.title}. As at October 2018" in info
        and f"Subject:         {said.alt[:60]}" in info
    )
    assert "Pages:           1" in info and "Page size:       481.89 x " in info
    assert "CreationDate" not in info and "Producer" not in info
    fonts = reader("pdffonts", pdf, tmp_path).splitlines()[2:]
    assert fonts and all(re.search(r"TrueType +\S+ +yes +", line) for line in fonts), fonts


def test_a_pdf_is_tagged_and_says_its_title_and_language(london: Record, tmp_path: Path) -> None:
    view = View("coverage", Query.default(london))  # type: ignore[arg-type]
    pdf, said = draw(london, view, "column", "pdf"), describe(london, view)
    assert "Tagged:          yes" in reader("pdfinfo", pdf, tmp_path)
    tree = reader("pdfinfo", pdf, tmp_path, "-struct-text")
    kinds = re.findall(r"^  (\w+)", tree, re.MULTILINE)
    assert tree.startswith("Document") and kinds == ["H1", "P", "Figure", "P"]
    assert b"/Lang (en-GB)" in pdf and b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/DisplayDocTitle true" in pdf and b"/Marked true" in pdf
    about = pdf[pdf.index(b"<x:xmpmeta") : pdf.index(b"</x:xmpmeta>") + 12]
    assert said.finding in "".join(ElementTree.fromstring(about).itertext())


def test_a_figure_is_titled_by_what_it_shows(london: Record, asked: Query) -> None:
    said = {view.id: describe(london, view).finding for view in views(london, asked)}
    assert said["coverage"].startswith("7 of London's 32 boroughs have no contracted")
    assert said["gaps"].startswith("735,258 women") and "31 March 2021" in said["calendar"]
    assert said["themes"] == "No contract is named for 6 of 15 themes in any borough"
    assert "Barnet and Bexley" in said["difference"]


def test_themes_that_share_a_picture_are_drawn_once(london: Record) -> None:
    every = panels(london, Query.default(london))
    assert sorted(len(panel.themes) for panel in every) == [1, 1, 6, 7]
    shown = [v for v in views(london, Query.default(london)) if v.kind == "theme"]
    assert [v.query.theme for v in shown] == [panel.themes[0] for panel in every]


def test_the_calendar_marks_key_days_and_its_table_holds_all_that_it_draws(london: Record) -> None:
    view = View("calendar", Query.default(london))  # type: ignore[arg-type]
    texts = [t.get_text() for t in canvas_of(london, view, "page").figure.axes[0].texts]
    assert {"31 March 2020", "31 March 2021"} <= set(texts)
    rows = describe(london, view).rows
    partly = [row for row in rows if row["shown_as"] == "One of several services has ended"]
    assert len(partly) == 17 and {row["from"] for row in partly} == {"2020-04-01"}
    assert {row["name"] for row in rows if row["shown_as"] == "Lapsed"} >= {"Enfield", "Hackney"}


def test_alt_text_names_the_areas_that_have_none(london: Record) -> None:
    alt = describe(london, View("coverage", Query.default(london))).alt  # type: ignore[arg-type]
    assert "No contracted service: 7 (Barnet, Bexley, Bromley, Kingston upon Thames" in alt


@pytest.mark.parametrize("size", SIZES)
def test_a_png_has_its_size_at_300_dots_an_inch_and_its_words(london: Record, size: str) -> None:
    view = View("calendar", Query.default(london))  # type: ignore[arg-type]
    picture = Image.open(io.BytesIO(draw(london, view, size, "png")))  # type: ignore[arg-type]
    own, said = SIZES[size], describe(london, view)  # type: ignore[index]
    assert picture.format == "PNG"
    assert picture.width == pytest.approx(own.width / 25.4 * 300, abs=1)
    assert not own.fixed or picture.height == pytest.approx(own.height / 25.4 * 300, abs=1)
    assert tuple(round(float(n)) for n in picture.info["dpi"]) == (300, 300)
    assert (
        picture.info["Title"]
        == f"{said.finding}. {said.title}. From 1 October 2018 to 30 June 2021"
        and picture.info["Description"] == said.alt
    )
    assert set(picture.info) == {"Title", "Description", "dpi"}  # no program, no date


def test_one_page_written_in_all_formats_is_what_each_alone_is(city: Record) -> None:
    view = View("coverage", Query.default(city))  # type: ignore[arg-type]
    from provision.paper.figures import words

    canvas = canvas_of(city, view, "column")
    for format in ("pdf", "svg", "png", "pdf"):
        assert canvas.write(format, words(view, describe(city, view))) == draw(
            city, view, "column", format
        )  # type: ignore[arg-type]


def test_a_theme_s_view_needs_a_theme(london: Record) -> None:
    with pytest.raises(ValueError, match="needs a theme"):
        View("theme", Query.default(london))  # type: ignore[arg-type]


def test_text_is_wrapped_broken_and_cut_to_its_place() -> None:
    text = "Areas with a very long name that goes on"
    lines = wrap(text, 20, 8)
    assert len(lines) > 2 and " ".join(lines) == text and all(wide(line, 8) <= 20 for line in lines)
    assert (
        all(wide(line, 8) <= 20 for line in wrap("x" * 80, 20, 8))
        and "".join(wrap("x" * 80, 20, 8)) == "x" * 80
    )
    assert wrap("a\x07b\nc", 50, 8) == ["a b c"] and wrap("", 50, 8) == [""]
    assert (
        cut("short", 50, 8) == "short"
        and cut("x" * 80, 20, 8).endswith("x…")
        and wide(cut("x" * 80, 20, 8), 8) <= 20
    )
    lines, size = fitted("word " * 100, 30, 8, (9, 7))
    assert size == 7 and lines[-1].endswith("…") and len(lines) == 2
    assert fitted("few words", 30, 8, (9, 7)) == (["few words"], 9)
