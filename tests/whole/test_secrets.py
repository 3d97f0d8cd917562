"""Nothing is in the repository that should not be: no addresses of sites, no people's particulars,
no secrets; and everything is pinned.

Places that women go to for safety are confidential. Areas and published names are in the data;
streets, postcodes, telephone numbers and people's e-mail addresses are not, and must not come in by
an edit."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from support import ROOT

DATA = sorted(
    p
    for folder in ("data", "examples", "geo")
    for p in (ROOT / folder).rglob("*")
    if p.suffix in {".yaml", ".csv", ".json", ".md"}
)
POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][ABD-HJLNP-UW-Z]{2})\b")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
TELEPHONE = re.compile(r"(?<![\w.-])(?:\+44\s?|0)(?:\d[\s-]?){9,10}(?![\w.-])")
STREET = re.compile(
    r"\b\d{1,4}[a-z]?,? (?:[A-Z]\w+"
    r" ){1,3}(?:Street|Road|Avenue|Lane|Close|Terrace|Square|Crescent|Gardens|Mews|Grove|Way|Hill)\b"
)
PARTICULARS = {
    "postcode": POSTCODE,
    "e-mail address": EMAIL,
    "telephone number": TELEPHONE,
    "street address": STREET,
}
SECRETS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "token": re.compile(
        r"\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|sk|pypi)[-_][A-Za-z0-9_-]{20,}"
    ),
}


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(ROOT)))
def test_data_holds_no_address_and_no_particulars_of_anyone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert {
        what: found for what, pattern in PARTICULARS.items() if (found := pattern.findall(text))
    } == {}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("postcode", "the centre at E8 2NS"),
        ("postcode", "SW1A1AA"),
        ("e-mail address", "write to someone@example.org"),
        ("telephone number", "call 020 7946 0018"),
        ("telephone number", "+44 7700 900123"),
        ("street address", "at 12 Mare Street"),
        ("street address", "7a, Old Kent Road"),
    ],
)
def test_an_address_would_be_found(what: str, text: str) -> None:
    assert PARTICULARS[what].search(text)


@pytest.mark.parametrize(
    "text",
    [
        "E09000011",
        "from 18 to 25",
        "2018-10-31",
        "£1,250,000",
        "section 4.2 on Hackney Road safety",
        "0800-2000",
        "G4S",
    ],
)
def test_what_is_in_the_data_anyway_is_no_address(text: str) -> None:
    assert not any(pattern.search(text) for pattern in PARTICULARS.values())


def kept() -> list[Path]:
    """Every file under version control, or all of them where there is none."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = [name for name in listed.stdout.split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_no_file_holds_a_secret() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {what}"
        for path in kept()
        if path != Path(__file__)
        for what, pattern in SECRETS.items()
        if pattern.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


def test_no_file_is_of_a_kind_that_holds_secrets_or_records_of_people() -> None:
    kinds = {".pem", ".key", ".p12", ".sqlite", ".sqlite3", ".db", ".env"}
    assert [
        p
        for p in kept()
        if p.suffix in kinds or p.name in ("secrets.toml", ".env", ".netrc", "id_rsa")
    ] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_its_hashes(name: str) -> None:
    joined = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("#")[0].strip() for line in joined.splitlines()]
    lines = [line for line in lines if line]
    assert lines
    assert [
        line
        for line in lines
        if not re.match(r"^[\w.\[\]-]+==\S+( ;.*?)?(\s+--hash=sha256:[0-9a-f]{64})+$", line)
    ] == []


def test_every_requirement_that_is_asked_for_is_among_the_pinned() -> None:
    for name in ("requirements", "requirements-dev"):
        asked = re.findall(
            r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE
        )
        pinned = set(
            re.findall(
                r"^([\w.-]+?)(?:\[.*\])?==",
                (ROOT / f"{name}.txt").read_text(encoding="utf-8"),
                re.MULTILINE,
            )
        )
        assert asked
        assert [a for a in asked if re.sub(r"[-_.]+", "-", a).lower() not in pinned] == []


def test_run_and_test_install_nothing_else() -> None:
    """``make run`` and ``make test`` install what is pinned, by hash; only ``make lock`` may fetch
    what is newer, and ``make weaknesses`` a tool of its own, in a folder of its own."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = dict(re.findall(r"^([\w./]+):[^\n=]*\n((?:\t.*\n)+)", recipe, re.MULTILINE))
    installs = {name: lines for name, lines in targets.items() if "pip install" in lines}
    assert set(installs) == {".venv/app", ".venv/test", "lock", "weaknesses"}
    assert all(
        "--require-hashes" in line
        for name in (".venv/app", ".venv/test")
        for line in installs[name].splitlines()
        if "pip install" in line
    )
