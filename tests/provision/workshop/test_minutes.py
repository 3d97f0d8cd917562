"""The record of a workshop on one page: what it says, by hand; that nothing typed into it becomes
markup; read back by independent readers."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from provision.__main__ import main
from provision.record import Record
from provision.workshop.entries import Draft, Kind, Session, draft
from provision.workshop.minutes import minutes_docx, minutes_markdown
from provision.workshop.page import Grid, Heading, Items, Run, escaped, to_markdown, words
from provision.workshop.store import Store

SIX = datetime(2026, 11, 22, 18, tzinfo=UTC)
ADDRESS = "http://room.example:8501"


def told(*said: tuple[str, dict[str, Any]]) -> list[Draft]:
    """Entries three minutes apart, with ids that count."""
    return [
        draft(Kind(kind), data, SIX + timedelta(minutes=3 * n), f"entry-{n:03d}")
        for n, (kind, data) in enumerate(said, 1)
    ]


def evening(record: Record) -> tuple[Session, list[Draft]]:
    """A workshop about Farwater, with everything that can happen in one."""
    entries = told(
        ("shown", {"title": "Who is covered", "link": "coverage?on=2020-06-30"}),
        ("shown", {"title": "Who has nothing", "link": "gaps"}),
        ("shown", {"title": "Who is covered", "link": "coverage?on=2020-06-30"}),
        ("asked", {"question": "Where should the next hub go?", "link": "scenario?best=1~land"}),
        ("guessed", {"asked": "entry-004", "areas": ["Q1"], "reason": "The court is there"}),
        ("guessed", {"asked": "entry-004", "areas": ["Q7"]}),
        (
            "revealed",
            {
                "asked": "entry-004",
                "sentence": "One of two guesses is among the best.",
                "measure": "quarters without a contracted service",
                "gain": 1,
                "ties": 3,
                "choices": [["Q5"], ["Q6"], ["Q7"]],
                "results": [
                    {"guess": "entry-005", "gain": 0, "missed": 1},
                    {"guess": "entry-006", "gain": 1, "missed": 0, "gain_not_stated": 1},
                ],
            },
        ),
        ("guessed", {"asked": "entry-004", "areas": ["Q6"], "reason": "Now that we know"}),
        ("decided", {"text": "Look at Fir first", "link": "scenario?hubs=Q6"}),
        (
            "contested",
            {"text": "Lantern has left Birch", "link": "scenario?cells=Q2~lantern~closed"},
        ),
        ("note", {"text": "Bring the bus times"}),
        ("guessed", {"asked": "entry-004", "areas": ["Q7"], "reason": "The river"}),
        ("withdrawn", {"guess": "entry-006"}),
        ("contested", {"text": "Elm has one", "link": "coverage"}),
        ("ended", {}),
    )
    return Session("a" * 32, "An evening in Farwater", SIX, record.version, len(entries)), entries


def test_the_page_in_markdown(city: Record) -> None:
    session, entries = evening(city)
    text = minutes_markdown(session, entries, city, ADDRESS)
    page, sources = text.split("## Sources\n\n")
    assert (
        page
        == "# Record of the workshop: An evening in Farwater\n\n22 November 2026, 18:00 to 18:45"
        f" (UTC). Data version {city.version}; Farwater, as at June 2020.\n\n## Shown\n\n1. [Who"
        f" is covered](<{ADDRESS}/coverage?on=2020-06-30>)\n2. [Who has"
        f" nothing](<{ADDRESS}/gaps>)\n\n## Asked and guessed\n\n### Where should the next hub"
        f" go?\n\n[(the question as a view)](<{ADDRESS}/scenario?best=1~land>)\n\n| Choice |"
        " Guesses | Reasons | Reaches | Short of best |\n| --- | --- | --- | --- | --- |\n|"
        " Alder | 1 | The court is there | 0 | 1 |\n| Gorse | 1 (1 after the answer and 1 taken"
        " back) | The river | 1 (and 1 not stated) | 0, among the best |\n| Fir | 1 (1 after"
        " the answer) | Now that we know | not revealed | not revealed |\n\nOne of two guesses"
        " is among the best. At best 1, counted in quarters without a contracted service; three"
        " choices reach that (Elm; Fir; Gorse). After that, two further guesses came and one of"
        " those told of was taken back.\n\n## Decided\n\n- Look at Fir first [(the"
        f" scenario)](<{ADDRESS}/scenario?hubs=Q6>)\n\n## Contested\n\n- Lantern has left Birch"
        " [(the scenario, from which a patch of the data is"
        f" made)](<{ADDRESS}/scenario?cells=Q2~lantern~closed>)\n- Elm has one [(the"
        f" view)](<{ADDRESS}/coverage>)\n\n## Noted\n\n- Bring the bus times\n\n"
    )
    assert sources.startswith("Guide") and sources.rstrip().endswith(
        escaped(city.file.region.caveat)
    )


def test_without_an_address_links_stand_as_they_are_kept(city: Record) -> None:
    session, entries = evening(city)
    text = minutes_markdown(session, entries, city)
    assert "1. Who is covered (coverage?on=2020-06-30)\n" in text and "](<" not in text


@pytest.mark.parametrize(
    "alone", ["http://localhost:8777/", "http://127.0.0.1:8777/", "http://[::1]:8777/", "http://["]
)
def test_an_address_of_this_computer_alone_is_none(city: Record, alone: str) -> None:
    session, entries = evening(city)
    assert minutes_markdown(session, entries, city, alone) == minutes_markdown(
        session, entries, city
    )
    assert minutes_docx(session, entries, city, alone) == minutes_docx(session, entries, city)


def test_a_link_is_named_for_what_it_leads_to(city: Record) -> None:
    said = {"text": "Fir", "link": "scenario?best=1~land"}
    hub = {"text": "Elm", "link": "scenario?best=1~land&hubs=Q5"}
    session = Session("a" * 32, "", SIX, city.version)
    text = minutes_markdown(session, told(("decided", said), ("decided", hub)), city, ADDRESS)
    assert f"- Fir [(the question for the best places)](<{ADDRESS}/scenario?best=1~land>)" in text
    assert f"- Elm [(the scenario)](<{ADDRESS}/scenario?best=1~land&hubs=Q5>)" in text


def test_what_was_not_said_is_not_made_up(city: Record) -> None:
    session = Session("a" * 32, "", SIX, city.version)
    empty = minutes_markdown(session, [], city)
    assert empty.startswith(
        "# Record of the workshop\n\n22 November 2026, 18:00 (UTC), not ended when this was"
        " written."
    )
    assert "Nothing was recorded." in empty and "Decided" not in empty
    asked = told(("asked", {"question": "Where?"}))
    assert "No guess was recorded.\n\nThe answer was not revealed." in minutes_markdown(
        session, asked, city
    )
    guessed = [
        *asked,
        *told(
            ("note", {"text": "x"}), ("guessed", {"asked": "entry-001", "areas": ["Q1", "gone"]})
        )[1:],
    ]
    assert "| Alder and gone | 1 | not stated | not revealed | not revealed |" in minutes_markdown(
        session, guessed, city
    )
    orphan = told(("guessed", {"asked": "not-there-1", "areas": ["Q1"], "reason": "Why not"}))
    assert "### Guesses whose question was not kept\n\n| Choice |" in minutes_markdown(
        session, orphan, city
    )


def test_the_next_day_is_named_and_changed_data_are_said(city: Record) -> None:
    session, entries = evening(city)
    late = [*entries[:-1], replace(entries[-1], at=SIX + timedelta(hours=7))]
    text = minutes_markdown(replace(session, data_version="0ld"), late, city)
    assert "18:00 to 23 November 2026, 01:00 (UTC)." in text
    assert (
        "Data version 0ld; Farwater, as at June 2020. The data have changed since, to version"
        f" {city.version}: figures are those that" in text
    )


def test_a_workshop_that_was_gone_on_with_has_not_ended_and_times_are_of_a_zone(
    city: Record,
) -> None:
    session, entries = evening(city)
    on = [*entries, *told(("resumed", {}))]
    assert "18:00 (UTC), not ended when" in minutes_markdown(session, on, city)
    assert "23 November 2026, 03:00 to 03:45 (Asia/Tokyo)." in minutes_markdown(
        session, entries, city, zone=ZoneInfo("Asia/Tokyo")
    )


def test_what_the_last_answer_counts_and_the_table_agree(city: Record) -> None:
    """Where nothing came after it, nothing is said; a guess taken back before it counts nowhere."""
    session, entries = evening(city)
    assert "After that" not in minutes_markdown(session, entries[:7], city)
    before = [*entries[:6], *told(("withdrawn", {"guess": "entry-005"}))]
    text = minutes_markdown(session, before, city)
    assert "| Alder | 0 (1 taken back) | The court is there | not revealed | not revealed |" in text


# Nothing that is typed becomes markup

PIECES = (
    "http://x.example",
    "www.evil.com",
    "evil.com",
    "a@b.cc",
    "<b>",
    "<!--",
    "&lt;",
    "![x](y)",
    "[x](javascript:1)",
    "1. ",
    "2) ",
    "- ",
    "# ",
    "> ",
)
PIECES += (
    "***",
    "---",
    "===",
    "~~~",
    "```",
    "| a |",
    "ftp://x.y",
    "\\",
    "//evil.com",
    "=1+1",
    "$x$",
    "_a_",
    ":-- ",
    "+ ",
    "<http://a.b>",
    "mailto:a@b.c",
)
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=8).map(
    lambda parts: " ".join("".join(parts).split())
)


def read(markdown: str) -> tuple[set[str], str]:
    """What a reader of Markdown (with tables, strikethrough and every kind of automatic link) makes
    of a text: kinds of tokens, and words."""
    kinds, text = set(), []
    for token in MarkdownIt("gfm-like").parse(markdown):
        for inner in (token, *(token.children or ())):
            kinds.add(inner.type.removesuffix("_open").removesuffix("_close"))
            if inner.type == "text":
                text.append(inner.content)
    return kinds, "|".join(text)


@given(typed)
@settings(max_examples=400)
def test_text_is_text_wherever_it_stands(text: str) -> None:
    from provision.paper.writing import clean

    text = " ".join(clean(text).split()) or "x"
    assert read(to_markdown([words(text)])) == ({"paragraph", "inline", "text"}, text)
    assert read(to_markdown([Heading(text, 1)])) == ({"heading", "inline", "text"}, text)
    assert read(to_markdown([Items(((Run(text),), (Run("y"),)))])) == (
        {"bullet_list", "list_item", "paragraph", "inline", "text"},
        f"{text}|y",
    )
    table = {"table", "thead", "tbody", "tr", "th", "td", "inline", "text"}
    assert read(to_markdown([Grid("says", ("h", "i"), ((text, "y"),))])) == (table, f"h|i|{text}|y")


@given(typed, st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_a_link_leads_where_it_should_whatever_it_is_called(text: str, query: str) -> None:
    written = to_markdown([Items(((Run(text or "x", f"{ADDRESS}/coverage?{query}"),),))])
    links = [
        t.attrs["href"]
        for token in MarkdownIt("gfm-like").parse(written)
        for t in token.children or ()
        if t.type == "link_open"
    ]
    assert len(links) == 1 and str(links[0]).startswith(f"{ADDRESS}/coverage?")


def test_hostile_entries_stay_within_their_page(city: Record) -> None:
    nasty = "</w:t><b>x</b> [a](javascript:alert(1)) =cmd|' /C calc'!A0 {{7*7}} | # \u202eabc"
    entries = told(
        ("note", {"text": nasty}),
        ("asked", {"question": nasty}),
        ("guessed", {"asked": "entry-002", "areas": [nasty[:40]], "reason": nasty}),
    )
    session = Session("a" * 32, nasty, SIX, nasty)
    kinds, text = read(minutes_markdown(session, entries, city))
    assert not kinds & {
        "html_inline",
        "html_block",
        "link",
        "image",
        "code_inline",
        "em",
        "strong",
        "s",
    }
    assert text.count("[a](javascript:alert(1))") == 6, (
        "title, data version, question, area, reason, note"
    )
    document = Document(io.BytesIO(minutes_docx(session, entries, city)))
    assert document.tables[0].rows[1].cells[2].text == nasty.replace("\u202e", "")


# Word


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def test_the_word_file_says_the_same_and_can_be_read_by_all(city: Record) -> None:
    session, entries = evening(city)
    document = opened(minutes_docx(session, entries, city, ADDRESS))
    assert [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style.name.startswith(("Title", "Heading"))
    ] == [
        ("Title", "Record of the workshop: An evening in Farwater"),
        ("Heading 1", "Shown"),
        ("Heading 1", "Asked and guessed"),
        ("Heading 2", "Where should the next hub go?"),
        ("Heading 1", "Decided"),
        ("Heading 1", "Contested"),
        ("Heading 1", "Noted"),
        ("Heading 1", "Sources"),
    ]
    assert [p.text for p in document.paragraphs if p.style.name == "List Number"] == [
        "Who is covered",
        "Who has nothing",
    ]
    (table,) = document.tables
    assert [[c.text for c in row.cells] for row in table.rows][:2] == [
        ["Choice", "Guesses", "Reasons", "Reaches", "Short of best"],
        ["Alder", "1", "The court is there", "0", "1"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (
        table._tbl.tblPr.find(qn("w:tblDescription"))
        .get(qn("w:val"))
        .startswith(
            "Each choice, how many guesses it had, their reasons, what it reaches (counted in"
            " quarters"
        )
    )
    own = document.core_properties
    assert (own.title, own.language, own.author, own.created) == (
        "Record of the workshop: An evening in Farwater",
        "en-GB",
        "",
        SIX,
    )
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {
        "en-GB"
    }
    links = {r.target_ref for r in document.part.rels.values() if r.is_external}
    assert links == {
        f"{ADDRESS}/{link}"
        for link in (
            "coverage",
            "coverage?on=2020-06-30",
            "gaps",
            "scenario?best=1~land",
            "scenario?hubs=Q6",
            "scenario?cells=Q2~lantern~closed",
        )
    }


def test_made_again_it_is_the_same_file(city: Record) -> None:
    session, entries = evening(city)
    first, second = (minutes_docx(session, entries, city, ADDRESS) for _ in range(2))
    assert first == second
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }


def test_an_ordinary_evening_fits_on_one_page(london: Record, tmp_path: Path) -> None:
    """Six steps with sentences for titles, a question with eight guesses and reasons and its
    answer, three decisions, one cell contested; set by LibreOffice, whose stand-in for Word's type
    is wider."""
    sentence = (
        "24 of London's 32 boroughs have a contracted women's service as at October 2018; seven"
        " have none; the source does not say for Greenwich"
    )
    steps = [
        ("shown", {"title": f"{sentence} ({n}).", "link": f"coverage?on=2019-0{n}-01"})
        for n in range(1, 7)
    ]
    areas = [
        "E09000003",
        "E09000021",
        "E09000010",
        "E09000032",
        "E09000003",
        "E09000011",
        "E09000021",
        "E09000027",
    ]
    guesses = [
        (
            "guessed",
            {"asked": "entry-007", "areas": [area], "reason": "Half an hour by bus from the court"},
        )
        for area in areas
    ]
    results = [
        {"guess": f"entry-{n:03d}", "gain": 3, "missed": 2, "gain_not_stated": 1}
        for n in range(8, 16)
    ]
    answer = {
        "asked": "entry-007",
        "sentence": sentence,
        "measure": "boroughs without a contracted service",
        "gain": 3,
        "ties": 2,
        "results": results,
    }
    guesses.append(("revealed", {**answer, "choices": [["E09000021"], ["E09000032"]]}))
    said = [
        (
            "decided",
            {"text": "Ask the two commissioners what follows in April 2020", "link": "gaps"},
        )
    ] * 3
    more = [
        (
            "contested",
            {
                "text": "The service left the borough in June 2019",
                "link": "scenario?cells=E09000010~minerva-crc~closed",
            },
        ),
        ("ended", {}),
    ]
    entries = told(
        *steps,
        ("asked", {"question": "Where should the next two hubs go?", "link": "scenario?best=2"}),
        *guesses,
        *said,
        *more,
    )
    session = Session("a" * 32, "Women's services in London", SIX, london.version)
    file = tmp_path / "minutes.docx"
    file.write_bytes(minutes_docx(session, entries, london, ADDRESS))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True)
    words_of = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "minutes.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert all(
        word in words_of.split() for word in ("Wandsworth", "Richmond", "Kingston", "Greenwich")
    ), "no name is broken"
    told_by = subprocess.run(
        ["pdfinfo", str(tmp_path / "minutes.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert (
        "Pages:           1\n" in told_by and "595" in told_by.split("Page size:")[1].split("x")[0]
    )


# The command line


@pytest.fixture
def kept(tmp_path: Path, london: Record) -> tuple[str, str]:
    """The address of a record and the session in it."""
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    store = Store(url, clock=lambda: SIX)
    session = store.start("=An evening", "", london.version)
    store.add(session, "decided", {"text": "Look at Barnet first"})
    store.add(session, "ended", {})
    store.close()
    return url, session


def test_the_workshops_are_listed(
    kept: tuple[str, str], london: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    url, session = kept
    assert main(["workshops", "--records", url, "--format", "json"]) == 0
    moment = "2026-11-22T18:00:00Z"
    assert json.loads(capsys.readouterr().out)["workshops"] == [
        {
            "id": session,
            "name": "=An evening",
            "started": moment,
            "entries": 2,
            "ended": moment,
            "data_version": london.version,
        }
    ]
    assert main(["workshops", "--records", url, "--format", "csv"]) == 0
    assert f"{session},'=An evening,{moment},2,{moment},{london.version}" in capsys.readouterr().out


def test_the_minutes_are_written(
    kept: tuple[str, str], london: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, session = kept
    for ending in ("md", "docx"):
        out = tmp_path / f"minutes.{ending}"
        assert main(["minutes", "--session", session, "--records", url, "--out", str(out)]) == 0
        assert capsys.readouterr().out == f"{out}: 2 entries\n"
    assert "- Look at Barnet first" in (tmp_path / "minutes.md").read_text(encoding="utf-8")
    assert "Look at Barnet first" in [
        p.text for p in opened((tmp_path / "minutes.docx").read_bytes()).paragraphs
    ]
    assert {p.name for p in tmp_path.iterdir()} <= {
        "minutes.md",
        "minutes.docx",
        "records.sqlite",
        "records.sqlite-wal",
        "records.sqlite-shm",
    }


def test_an_empty_record_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["workshops", "--records", f"sqlite:///{tmp_path / 'new.sqlite'}"]) == 0
    assert capsys.readouterr().out == "No workshop has been recorded there yet.\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("--session", "0" * 32, "--out", "{tmp}/x.md"), (1, "there is no session '0000")),
        (("--session", "{session}", "--out", "{tmp}/x.txt"), (1, "let it end in .docx or .md")),
        (("--session", "{session}", "--out", "{tmp}/nowhere/x.md"), (1, "there is no folder")),
        (
            ("--session", "{session}", "--out", "{tmp}/x.md", "--address", "javascript:alert(1)"),
            (2, "is no address of the web"),
        ),
        (
            ("--session", "{session}", "--out", "{tmp}/x.md", "--records", "mysql://h/d"),
            (1, "records cannot be kept in 'mysql'"),
        ),
    ],
)
def test_what_cannot_be_written_is_said(
    more: Sequence[str],
    expected: tuple[int, str],
    kept: tuple[str, str],
    tmp_path: Path,
    capsys: Any,
) -> None:
    url, session = kept
    words = ["minutes", "--records", url, *(w.format(tmp=tmp_path, session=session) for w in more)]
    try:
        found = main(words)
    except SystemExit as stop:
        found = int(stop.code or 0)
    said = capsys.readouterr()
    assert (
        found == expected[0]
        and expected[1] in said.err
        and said.out == ""
        and not list(tmp_path.glob("*.md"))
    )
