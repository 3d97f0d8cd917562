"""What every command says, word for word, in one file for each command: London, Farwater, and what
it says of a question that cannot be answered. ``make snapshots`` writes the files anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import CITY
from support.snapshots import OneFileEach
from syrupy.assertion import SnapshotAssertion

from provision.__main__ import main

ABROAD = ("--services", f"{CITY}/services.yaml", "--boundaries", f"{CITY}/boundaries.geojson")
WHOLE = (*ABROAD, "--figures", f"{CITY}/figures.csv", "--neighbours", f"{CITY}/neighbours.csv")
LINK = "hubs=E09000003~land,E09000024&off=minerva-crc"
ITS = "hubs=Q6~land,Q7&off=orchard"
CASES: dict[str, list[tuple[str, ...]]] = {
    "validate": [
        ("validate",),
        (*WHOLE, "validate"),
        (*ABROAD[2:], "validate", "--services", "{}/broken.yaml"),
    ],
    "coverage": [
        ("coverage",),
        ("coverage", "--on", "2020-04-30"),
        (*WHOLE, "coverage"),
        ("coverage", "--format", "csv"),
        (*WHOLE, "coverage", "--format", "json"),
        ("coverage", "--on", "2018-02-30"),
    ],
    "why": [("why", "Greenwich"), ("why", "E09000010", "--on", "2020-04-30"), ("why", "Grenwich")],
    "gaps": [("gaps",), (*WHOLE, "gaps"), ("gaps", "--need", "nothing")],
    "calendar": [("calendar",), (*WHOLE, "calendar")],
    "themes": [("themes",), (*WHOLE, "themes"), ("themes", "--on", "2020-04-30")],
    "intersect": [
        ("intersect", "recall", "young-women"),
        (*WHOLE, "intersect", "work", "safety"),
        ("intersect", "recal"),
    ],
    "scenario": [
        ("scenario", "--link", LINK),
        (*WHOLE, "scenario", "--link", ITS),
        ("scenario", "--link", "hubs=nowhere"),
        ("scenario", "--file", "{}/broken.yaml"),
    ],
    "best-hubs": [
        ("best-hubs", "--hubs", "2", "--reach", "land"),
        (*WHOLE, "best-hubs", "--hubs", "1", "--reach", "own"),
        ("best-hubs", "--hubs", "0", "--reach", "land"),
    ],
    "diff": [
        ("diff", "{}/services.yaml", "{}/later.yaml", *ABROAD[2:]),
        ("diff", "{}/services.yaml", "{}/broken.yaml", *ABROAD[2:]),
        ("diff", str(CITY), str(CITY / "later")),
    ],
    "then-and-now": [
        ("then-and-now", str(CITY), str(CITY / "later")),
        ("then-and-now", str(CITY)),
    ],
    "export-hsds": [(*WHOLE, "export-hsds", "--out", "{}/hsds.json")],
    "import-hsds": [
        (*WHOLE, "export-hsds", "--out", "{}/feed.json"),
        (*WHOLE, "import-hsds", "{}/feed.json", "--out", "{}/back.yaml"),
        (*WHOLE, "import-hsds", "{}/broken.yaml", "--out", "{}/none.yaml"),
    ],
    "workbook": [(*WHOLE, "workbook", "--out", "{}/record.xlsx")],
    "figure": [
        (*WHOLE, "figure", "coverage", "--out", "{}/figure.svg"),
        ("figure", "nothing", "--out", "{}/figure.svg"),
        ("figure", "coverage", "--out", "{}/figure.doc"),
    ],
    "tables": [(*WHOLE, "tables", "--out", "{}/tables.xlsx"), ("tables", "--out", "{}/t.doc")],
    "brief": [("brief", "--out", "{}/brief.doc")],
    "workshops": [("workshops",)],
    "minutes": [("minutes", "none", "--out", "{}/minutes.md")],
    "schema": [("schema", "nothing")],
    "no command": [(), ("nothing",)],
}


@pytest.mark.parametrize("command", CASES)
def test_command(
    command: str,
    snapshot: SnapshotAssertion,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PROVISION_RECORDS", f"sqlite:///{tmp_path / 'records.sqlite'}")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("sys.argv", ["python -m provision"])
    text = (CITY / "services.yaml").read_text(encoding="utf-8")
    shutil.copy(CITY / "services.yaml", tmp_path / "services.yaml")
    (tmp_path / "later.yaml").write_text(
        text.replace("start: 2020-01, end: not stated", "start: 2020-01, end: 2020-05", 1), "utf-8"
    )
    (tmp_path / "broken.yaml").write_text(
        text.replace("level: one-to-one", "level: some", 1), encoding="utf-8"
    )
    said = [_answer(words, tmp_path, capsys) for words in CASES[command]]
    assert "\n".join(said) == snapshot(extension_class=OneFileEach)


def _answer(words: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What was asked, how it ended, and both of what it said; places of this machine left out."""
    try:
        code = main([word.replace("{}", str(folder)) for word in words])
    except SystemExit as left:
        code = left.code  # type: ignore[assignment]
    out, err = capsys.readouterr()
    text = f"$ {' '.join(words)}\n[{code}]\n{out}" + (f"--- errors\n{err}" if err else "")
    return text.replace("\r\n", "\n").replace(str(folder), "{}").replace(str(CITY), "tests/city")
