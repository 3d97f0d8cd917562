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
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Mm
from support import answer

from provision.links.query import Query, read_link
from provision.paper import brief
from provision.paper.brief import not_stated
from provision.paper.brief_docx import brief_docx
from provision.paper.brief_pptx import brief_pptx
from provision.paper.house import slide_template, word_template
from provision.paper.views import describe, views
from provision.paper.word_table import words
from provision.paper.writing import AUTHOR
from provision.record import Record

pytestmark = pytest.mark.xdist_group("brief")  # made once for all of its tests

PX = 9525  # EMU in a pixel
NUMBER = PP_PLACEHOLDER.SLIDE_NUMBER


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
        *("Summary", "Who has no service", "What ends, and when", "Themes", "What if"),
        *("What we do not know", "Annex"),
    ]
    assert levels[0][0] == 1 and all(
        after - before <= 1 for (before, _), (after, _) in pairwise(levels)
    )
    assert paper.paragraphs[0].style and paper.paragraphs[0].style.name == "Title"


SHOWN = ("coverage", "calendar", "themes", "scenario", "difference", "gaps")


def test_what_a_director_must_know_is_on_the_first_page(farwater: Record, paper: Paper) -> None:
    texts = [p.text for p in paper.paragraphs]
    first = texts[: texts.index("Who has no service")]
    said = {view.id: describe(farwater, view) for view in views(farwater, asked(farwater))}
    for kind in ("coverage", "gaps", "calendar", "themes", "scenario"):
        assert any(said[kind].finding in text for text in first), kind
    assert "Quarters with no contracted service: Fir." in first
    whole = text_of(paper)
    assert said["coverage"].sentence in whole and said["gaps"].sentence in whole
    assert all(whole.count(own.rule) >= 1 for own in said.values())
    assert "Whether there was a contracted service on 30 June 2020 in Elm and Gorse." in whole
    assert "Of The Lantern service: when it starts and how much Farwater Council pays." in whole


def test_every_picture_has_alt_text_and_a_numbered_caption_after_it(
    farwater: Record, paper: Paper
) -> None:
    said = {view.id: describe(farwater, view).alt for view in views(farwater, asked(farwater))}
    every = [said[kind] for kind in SHOWN]
    pictures = [p for p in paper.paragraphs if p._p.findall(f".//{qn('wp:inline')}")]
    assert [p._p.find(f".//{qn('wp:docPr')}").get("descr") for p in pictures] == every
    following = [p._p.getnext() for p in pictures]
    assert ["".join(t.text for t in c.iter(qn("w:t"))).partition(".")[0] for c in following] == [
        f"Figure {n}" for n in range(1, len(every) + 1)
    ]
    assert not list(paper.element.body.iter(qn("wp:anchor"))), "nothing floats"


def test_captions_are_short(paper: Paper) -> None:
    captions = [p.text for p in paper.paragraphs if p.text.startswith("Figure ")]
    assert captions and all(len(text) < 500 for text in captions), "five lines"
    assert all(text.count(text.split(". ")[1]) == 1 for text in captions), "no title twice"


def test_words_are_not_broken_and_the_sources_have_room(paper: Paper) -> None:
    table = paper.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [
        "Figure",
        "Date",
        "Source and attribution",
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
    assert len(paper.tables) >= 6
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
    by_area = next(t for t in paper.tables if len(t.rows) == 9 and len(t.columns) == 4)
    rows = {row.cells[0].text: [cell.text for cell in row.cells][1:] for row in by_area.rows}
    assert rows["Birch"] == ["covered", "Lantern; Harvest", "2,200 (15+)"]
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
        and about.author == AUTHOR
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


def pictured(deck: Deck) -> list[Slide]:
    return [s for s in deck.slides if any(shape.shape_type == 13 for shape in s.shapes)]


def test_a_slide_for_each_finding_with_a_title_of_its_own(farwater: Record, deck: Deck) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert len(titles) == len(deck.slides) == len(set(titles)) and all(titles)
    said = {view.id: describe(farwater, view) for view in views(farwater, asked(farwater))}
    kinds = ("coverage", "gaps", "calendar", "themes", "scenario", "difference")
    assert [s.shapes.title.text for s in pictured(deck)] == [said[kind].finding for kind in kinds]
    assert 8 <= len(titles) <= 12
    assert (deck.slide_width, deck.slide_height) == (Mm(338.667), Mm(190.5))


def test_london_s_slides_are_eight_to_twelve(london: Record, blank: None) -> None:
    for query in (Query.default(london), asked(london, "hubs=E09000003~land")):
        deck = Presentation(io.BytesIO(brief_pptx(london, query)))
        assert 8 <= len(deck.slides) <= 12


def test_notes_alt_text_and_the_order_of_reading(farwater: Record, deck: Deck) -> None:
    by_finding = {
        said.finding: said
        for said in (
            describe(farwater, view)
            for view in views(farwater, asked(farwater))
            if view.kind != "tiles"
        )
    }
    for slide in pictured(deck):
        said, shapes = by_finding[slide.shapes.title.text], list(slide.shapes)
        assert shapes[0] == slide.shapes.title, "the title is read first"
        assert shapes[1]._element.nvPicPr.cNvPr.get("descr") == said.alt
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None and said.sentence in notes.text
        assert "; ".join(said.sources) in notes.text
        assert all(text in notes.text for text in said.licence)


def test_slides_use_the_type_of_their_layouts_and_everything_is_on_them(deck: Deck) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            assert left >= 0 and top >= 0 and left + width <= deck.slide_width
            assert top + height <= deck.slide_height + 2 * PX
            if shape.is_placeholder and shape.placeholder_format.type != NUMBER:
                assert shape.text_frame.text.strip(), "no placeholder is empty"
                runs = [r for p in shape.text_frame.paragraphs for r in p.runs]
                assert all(r.font.size is None and r.font.name is None for r in runs)
                assert {r._r.get_or_add_rPr().get("lang") for r in runs} == {"en-GB"}


def test_every_slide_but_the_first_has_its_number(deck: Deck) -> None:
    first, *rest = [
        [s for s in slide.placeholders if s.placeholder_format.type == NUMBER]
        for slide in deck.slides
    ]
    assert not first and all(len(own) == 1 for own in rest)
    assert 'type="slidenum"' in etree.tostring(rest[0][0]._element).decode()


# ---- both
# ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are not drawn but blank: they have tests of their own, and take their time."""
    out = io.BytesIO()
    Image.new("RGB", (10, 10), "white").save(out, "PNG")
    monkeypatch.setattr(brief, "picture", lambda *asked: out.getvalue())


# ---- an organisation's own template


@pytest.mark.usefixtures("blank")
def test_a_document_takes_the_styles_page_and_foot_of_a_template(
    city: Record, tmp_path: Path
) -> None:
    own = Document()
    own.styles["Heading 1"].font.name = "Georgia"
    own.sections[0].page_width = Mm(180)
    own.sections[0].footer.paragraphs[0].text = "Borough of Alder"
    own.add_paragraph("What the template held")
    own.save(str(tmp_path / "own.docx"))
    made = brief_docx(city, Query.default(city), tmp_path / "own.docx")
    found = Document(io.BytesIO(made))
    assert found.styles["Heading 1"].font.name == "Georgia"
    assert abs(found.sections[0].page_width - Mm(180)) < Mm(0.1)
    assert found.sections[0].footer.paragraphs[0].text == "Borough of Alder"
    assert "What the template held" not in text_of(found) and "Summary" in text_of(found)
    assert made == brief_docx(city, Query.default(city), tmp_path / "own.docx")


@pytest.mark.usefixtures("blank")
def test_slides_take_the_layouts_of_a_template(city: Record, tmp_path: Path) -> None:
    own = Presentation()
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "What the template held"
    own.save(str(tmp_path / "own.pptx"))
    made = brief_pptx(city, Query.default(city), tmp_path / "own.pptx")
    found = Presentation(io.BytesIO(made))
    titles = [slide.shapes.title.text for slide in found.slides]
    assert "What the template held" not in titles and "Summary" in titles
    assert found.slide_width == own.slide_width and len(found.slide_layouts) == 11


def test_a_template_that_cannot_be_used_says_what_is_wrong(tmp_path: Path) -> None:
    lacking = Document()
    for name in ("Title", "Heading 2"):
        lacking.styles[name].delete()
    lacking.save(str(tmp_path / "lacking.docx"))
    (tmp_path / "text.docx").write_text("no document", encoding="utf-8")
    few = Presentation()
    few.slide_layouts.remove(few.slide_layouts.get_by_name("Title Only"))
    few.save(str(tmp_path / "few.pptx"))
    for read, name, said in (
        (word_template, "lacking.docx", "no style “Title” and “Heading 2”"),
        (word_template, "text.docx", "is not a Word document"),
        (word_template, "none.docx", "there is no template"),
        (slide_template, "few.pptx", "no layout “Title Only”"),
        (slide_template, "text.docx", "is not a PowerPoint presentation"),
    ):
        with pytest.raises(LookupError, match=re.escape(said)):
            read(tmp_path / name)


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
