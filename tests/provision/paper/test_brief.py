"""The briefing as Word and as slides, read back by other readers: what it says, and the rules that
make it accessible, in the XML itself."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Mm
from support import answer

from provision.links.query import Query, read_link
from provision.paper import brief
from provision.paper.brief import not_stated
from provision.paper.brief_docx import brief_docx
from provision.paper.brief_pptx import _line, brief_pptx
from provision.paper.views import describe, views
from provision.paper.word import words
from provision.record import Record

pytestmark = pytest.mark.xdist_group("brief")  # made once for all of its tests

PX = 9525  # EMU in a pixel


def asked(record: Record, link: str = "hubs=Q5~land") -> Query:
    scenario, notes = read_link(link, record)
    assert not notes
    return replace(Query.default(record), scenario=scenario)


@pytest.fixture(scope="module")
def word(farwater: Record) -> bytes:
    return brief_docx(farwater, asked(farwater))


@pytest.fixture(scope="module")
def slides(farwater: Record) -> bytes:
    return brief_pptx(farwater, asked(farwater))


@pytest.fixture(scope="module")
def paper(word: bytes) -> Paper:
    return Document(io.BytesIO(word))


@pytest.fixture(scope="module")
def deck(slides: bytes) -> Deck:
    return Presentation(io.BytesIO(slides))


def text_of(paper: Paper) -> str:
    return "\n".join(p.text for p in paper.paragraphs)


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


# ---- Word
# ---------------------------------------------------------------------------------------------------------------------


def test_the_headings_are_in_order_and_say_what_there_is(paper: Paper) -> None:
    levels = [
        (int(p.style.name[-1]), p.text)
        for p in paper.paragraphs
        if p.style and p.style.name.startswith("Heading")
    ]
    assert [text for level, text in levels if level == 1] == [
        *(
            "In brief",
            "Coverage",
            "Gaps",
            "What ends when",
            "Themes",
            "What if",
            "What the source does not say",
        ),
        *(
            "Where the source disagrees with itself",
            "How to cite this paper",
            "Sources and licences",
        ),
    ]
    assert levels[0][0] == 1 and all(
        after - before <= 1 for (before, _), (after, _) in pairwise(levels)
    )
    assert paper.paragraphs[0].style and paper.paragraphs[0].style.name == "Title"


def test_every_sentence_that_the_views_have_is_in_it(farwater: Record, paper: Paper) -> None:
    whole = text_of(paper)
    for view in views(farwater, asked(farwater)):
        said = describe(farwater, view)
        assert said.sentence in whole and said.title in whole and "; ".join(said.sources) in whole
        assert whole.count(said.rule) == 1, "once, in the sources; it stands in the figure too"
    assert "Whether there was a contracted service on 30 June 2020 in Elm and Gorse." in whole
    assert "Of The Lantern service: when it starts and how much Farwater Council pays." in whole


def test_every_picture_has_alt_text_and_a_numbered_caption_after_it(
    farwater: Record, paper: Paper
) -> None:
    every = [describe(farwater, view).alt for view in views(farwater, asked(farwater))]
    pictures = [p for p in paper.paragraphs if p._p.findall(f".//{qn('wp:inline')}")]
    assert [p._p.find(f".//{qn('wp:docPr')}").get("descr") for p in pictures] == every
    following = [p._p.getnext() for p in pictures]
    assert ["".join(t.text for t in c.iter(qn("w:t"))).partition(".")[0] for c in following] == [
        f"Figure {n}" for n in range(1, len(every) + 1)
    ]
    assert not list(paper.element.body.iter(qn("wp:anchor"))), "nothing floats"


def test_captions_are_short(paper: Paper) -> None:
    captions = [p.text for p in paper.paragraphs if p.text.startswith("Figure ")]
    assert captions and all(len(text) < 330 for text in captions), "three lines"
    assert all(text.count(text.split(". ")[1]) == 1 for text in captions), "no title twice"


def test_words_are_not_broken_and_the_sources_have_room(paper: Paper) -> None:
    table = paper.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Figure",
        "Date",
        "Source, licence and attribution",
    ]
    assert table.columns[2].width > Mm(80)
    for n, column in enumerate(table.columns):
        longest = max((word for cell in column.cells for word in cell.text.split()), key=len)
        assert column.width > Mm(1.5 * len(longest)), (n, longest)


def test_the_pictures_are_sharp_and_the_file_is_small_enough_to_send(
    word: bytes, paper: Paper
) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        drawn = [
            Image.open(io.BytesIO(parts.read(name)))
            for name in parts.namelist()
            if name.endswith(".png")
        ]
    assert {image.width for image in drawn} == {2007} and len(word) < 6_000_000
    assert {shape.width for shape in paper.inline_shapes} == {Mm(170)}


def test_tables_are_tables_with_a_header_that_repeats(paper: Paper) -> None:
    assert len(paper.tables) >= 7
    for table in paper.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        assert all(cell.text.strip() for row in table.rows for cell in row.cells), (
            "no cell is empty"
        )
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert abs(sum(column.width for column in table.columns) - Mm(170)) < Mm(1)


def test_the_tables_say_what_the_record_says(paper: Paper) -> None:
    by_area = next(t for t in paper.tables if t.rows[0].cells[1].text == "Status")
    rows = {row.cells[0].text: [cell.text for cell in row.cells][1:] for row in by_area.rows}
    assert rows["Birch"] == [
        "covered",
        "wrap-around or whole-system support",
        "active",
        "active",
        "not named",
        "not named",
        "not named",
        "2,200 (15+)",
    ]
    assert rows["Gorse"][0] == "not stated" and rows["Gorse"][-1] == "not stated (18+)"
    assert "Harbour (not counted)" in rows


def test_no_paragraph_is_there_for_its_space(paper: Paper) -> None:
    assert not [
        p
        for p in paper.paragraphs
        if not p.text.strip() and not p._p.findall(f".//{qn('wp:inline')}")
    ]


def test_title_language_and_dates(word: bytes, paper: Paper) -> None:
    about = paper.core_properties
    assert (
        about.title == "Farwater: coverage and gaps of women's services"
        and about.language == "en-GB"
    )
    assert (
        about.created
        and about.created == about.modified
        and about.created.date() == date(2020, 6, 30)
        and about.author == ""
    )
    assert {lang.get(qn("w:val")) for lang in part(word, "word/styles.xml").iter(qn("w:lang"))} == {
        "en-GB"
    }


def test_letters_are_dark_on_white(paper: Paper) -> None:
    used = {p.style.name for p in paper.paragraphs if p.style}
    for name in used:
        colour = paper.styles[name].font.color.rgb
        assert colour is None or sum(colour) < 3 * 0x60, name


# ---- slides
# -------------------------------------------------------------------------------------------------------------------


def test_a_slide_for_every_view_with_a_title_of_its_own(farwater: Record, deck: Deck) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert len(titles) == len(deck.slides) == len(set(titles)) and all(titles)
    assert len(
        [s for s in deck.slides if any(shape.shape_type == 13 for shape in s.shapes)]
    ) == len(views(farwater, asked(farwater)))
    assert (deck.slide_width, deck.slide_height) == (Mm(338.667), Mm(190.5))


def test_notes_alt_text_and_the_order_of_reading(farwater: Record, deck: Deck) -> None:
    shown = [
        slide for slide in deck.slides if any(shape.shape_type == 13 for shape in slide.shapes)
    ]
    for slide, view in zip(shown, views(farwater, asked(farwater)), strict=True):
        said, shapes = describe(farwater, view), list(slide.shapes)
        assert [shape.is_placeholder for shape in shapes] == [
            True,
            True,
            False,
        ], "title, sentence, picture"
        assert (
            shapes[0] == slide.shapes.title
            and shapes[2]._element.nvPicPr.cNvPr.get("descr") == said.alt
        )
        notes = slide.notes_slide.notes_text_frame
        assert (
            notes is not None
            and said.sentence in notes.text
            and "; ".join(said.sources) in notes.text
            and all(text in notes.text for text in said.licence)
        )


def test_a_sentence_is_given_up_only_when_no_size_holds_it(farwater: Record) -> None:
    said = describe(farwater, views(farwater, asked(farwater))[0])
    sizes = [
        _line("As at June 2020.", replace(said, sentence=f"As at June 2020 {'word ' * n}."))[1]
        for n in (20, 60, 90)
    ]
    assert sizes == [18, 16, 14]
    given_up = _line(
        "As at June 2020.", replace(said, sentence=f"As at June 2020 {'word ' * 200}.")
    )
    assert given_up == (["As at June 2020."], 18)


def test_a_long_sentence_of_a_scenario_is_on_its_slide(farwater: Record, deck: Deck) -> None:
    shown = [
        slide for slide in deck.slides if any(shape.shape_type == 13 for shape in slide.shapes)
    ]
    for slide, view in zip(shown, views(farwater, asked(farwater)), strict=True):
        if view.kind in ("scenario", "theme"):
            assert describe(farwater, view).sentence in list(slide.shapes)[1].text_frame.text, (
                view.id
            )


def test_letters_on_slides_are_large_and_everything_is_on_them(deck: Deck) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            assert (
                shape.left >= 0
                and shape.top >= 0
                and shape.left + shape.width <= deck.slide_width
                and shape.top + shape.height <= deck.slide_height + 2 * PX
            )
            if shape.has_text_frame:
                # a sentence over a figure
                least = 14 if len(slide.shapes) == 3 and shape != slide.shapes.title else 18
                assert shape.text_frame.text.strip(), "no placeholder is empty"
                runs = [r for p in shape.text_frame.paragraphs for r in p.runs]
                assert all(r.font.size and r.font.size.pt >= least for r in runs) and {
                    r._r.get_or_add_rPr().get("lang") for r in runs
                } == {"en-GB"}


# ---- both
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are not drawn but blank: they have tests of their own, and take their time."""
    out = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(out, "PNG")
    monkeypatch.setattr(brief, "picture", lambda *asked: out.getvalue())


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("make", [brief_docx, brief_pptx])
def test_the_same_view_gives_the_same_bytes(
    make: Callable[[Record, Query], bytes], city: Record
) -> None:
    query = Query.default(city)
    assert hashlib.sha256(make(city, query)).digest() == hashlib.sha256(make(city, query)).digest()


HOSTILE = "<w:p>&amp; =1+1 \x00\x1b\u202e{{ 7 * 7 }}"


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize(("make", "read"), [(brief_docx, Document), (brief_pptx, Presentation)])
def test_hostile_text_stays_text(
    make: Callable[[Record, Query], bytes], read: Callable[[io.BytesIO], object], city: Record
) -> None:
    region = city.file.region.model_copy(update={"caveat": HOSTILE, "map_title": HOSTILE})
    record = replace(city, file=city.file.model_copy(update={"region": region}))
    data = make(record, Query.default(record))
    assert read(io.BytesIO(data))
    whole = b"".join(
        zipfile.ZipFile(io.BytesIO(data)).read(n)
        for n in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if n.endswith(".xml")
    ).decode()
    assert "&lt;w:p&gt;&amp;amp; =1+1 {{ 7 * 7 }}" in whole and "\u202e" not in whole


def test_what_is_not_stated_of_a_published_figure_names_it_and_where(london: Record) -> None:
    assert [
        line for line in not_stated(london, Query.default(london)) if line.startswith("The figure")
    ] == [
        (
            "The figure “Households in temporary accommodation per 1,000 households” for Redbridge"
            " and Westminster."
        ),
        (
            "The figure “Households homeless on leaving custody” for Redbridge, Richmond upon"
            " Thames and Wandsworth."
        ),
    ]


def test_what_is_not_stated_is_said_in_full(city: Record) -> None:
    said = not_stated(city, Query.default(city))
    assert not [line for line in said if ": of " in line]
    assert "Of The Ferry service: when it ends and how many quarters its heading claims." in said
    assert any(
        line.startswith("Whether there was a contracted service on 30 June 2020 in Elm and Gorse")
        for line in said
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "not stated"),
        ("", "–"),
        (1234, "1,234"),
        (1234.5, "1,234.5"),
        (date(2020, 6, 30), "30 June 2020"),
        ("=1", "=1"),
    ],
)
def test_cells_in_words(cell: object, text: str) -> None:
    assert words(cell) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "mends"),
    [
        (("brief", "--out", "paper.pdf"), "let it end in .docx or .pptx"),
        (("brief", "--out", "no/such/folder/paper.docx"), "make it first"),
        (("tables", "--out", "tables.csv"), "let it end in .xlsx"),
        (
            ("tables", "--tables", "scenario", "--out", "tables.xlsx"),
            "give --link or --file with a scenario",
        ),
    ],
)
def test_what_cannot_be_written_is_said_plainly(arguments: tuple[str, ...], mends: str) -> None:
    found = answer(*arguments)
    assert found.returncode == 1 and mends in found.stderr and "Traceback" not in found.stderr
    assert not Path(arguments[-1]).exists()


def test_the_command_line_writes_the_tables_of_a_link(tmp_path: Path) -> None:
    found = answer(
        "tables",
        "--link",
        "http://localhost:8501/scenario?hubs=E09000003~land",
        "--out",
        str(tmp_path / "t.xlsx"),
    )
    assert (
        found.returncode == 0
        and re.search("Scenario figures", found.stdout)
        and (tmp_path / "t.xlsx").read_bytes()[:2] == b"PK"
    )
