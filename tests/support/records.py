"""Small helpers of the tests: change a text in one place, make a small record from a few words, run
the command line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from provision.__main__ import main
from provision.io.boundaries import Area, read_boundaries
from provision.io.files import DataFiles
from provision.io.problems import InvalidData, Problem
from provision.record import Record
from provision.record_files import parse_services
from provision.schema.services import ServicesFile

ROOT = Path(__file__).resolve().parents[2]
CITY = ROOT / "tests" / "city"
SERVICES = (ROOT / "data" / "services.yaml").read_text(encoding="utf-8")
SOME_DAY = date(2020, 6, 30)

# name of a service: (level, start, end, the areas that it names)
Sketch = Mapping[str, tuple[str, str, str, Sequence[str]]]


@cache
def boroughs() -> tuple[Area, ...]:
    return read_boundaries(ROOT / "geo" / "london_boroughs.geojson")


def changed(old: str, new: str, text: str = SERVICES) -> str:
    """A text with its first ``old`` replaced; fails where there is none, so that a case cannot go
    stale unseen."""
    assert old in text, f"{old!r} is no longer in the text"
    return text.replace(old, new, 1)


def line_of(fragment: str, text: str) -> int:
    """The 1-based line on which a fragment first stands."""
    return text[: text.index(fragment)].count("\n") + 1


def refusal(read: Callable[[], object]) -> list[Problem]:
    """Every problem that something which must be refused is refused for."""
    with pytest.raises(InvalidData) as caught:
        read()
    return list(caught.value.problems)


def problems_in(text: str) -> list[Problem]:
    """Everything that is found wrong with London's services file, were this its text; empty where
    it is good."""
    try:
        parse_services(text, "services.yaml", boroughs())
    except InvalidData as error:
        return list(error.problems)
    return []


def only_problem(text: str) -> Problem:
    found = problems_in(text)
    assert len(found) == 1, "\n".join(map(str, found)) or "nothing was found wrong"
    return found[0]


def assert_fault(old: str, new: str, where: str, what: str, mend: str) -> None:
    """London's file with one place spoilt has exactly one problem: where (``entry: field``), what,
    and how to mend it."""
    problem = only_problem(changed(old, new))
    assert problem.file == "services.yaml"
    assert f"{problem.entry}: {problem.field}" == where
    assert what in problem.what and mend in problem.mend


def one_clean_line(text: str) -> bool:
    """Whether a text has no control character, nothing that turns the direction of writing, and no
    break of line of any kind."""
    return not any(
        unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp") for c in text
    )


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``python -m provision`` with the arguments, in a process of its own."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("PROVISION_")}
    command = [sys.executable, "-m", "provision", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**own, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def answer(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What ``python -m provision`` answers, without a process of its own."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main(list(arguments))
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def sketch(
    names: Sequence[str], services: Sketch, none: Sequence[str] = (), *, as_at: str = "2020-06"
) -> Record:
    """A record of a few areas and services, without files, figures or neighbours. The code of an
    area is its name."""
    file = ServicesFile.model_validate(
        {
            "region": _region(as_at),
            "services": [_service(name, *facts) for name, facts in services.items()],
            "areas_without_service": {
                "heading_count": "not stated",
                "listed": list(none),
                "ref": "guide §1",
            },
            "sources": [_source()],
        }
    )
    areas = tuple(Area(name, name, None, name, None, {}) for name in names)
    nowhere = DataFiles(Path("services.yaml"), Path("areas.geojson"))
    return Record(
        file,
        areas,
        pd.DataFrame(index=pd.Index(names, name="code")),
        (),
        pd.DataFrame(),
        None,
        "0",
        nowhere,
    )


def _region(as_at: str) -> dict[str, Any]:
    words = {
        "name": "Somewhere",
        "area": "area",
        "areas": "areas",
        "area_kind": "area",
        "scope": "women",
        "map_title": "Map",
        "caveat": "Caveat.",
    }
    return {
        **words,
        "as_at": as_at,
        "default_date": SOME_DAY.isoformat(),
        "scope_minimum_age": 18,
        "ref": "guide §1",
    }


def _service(name: str, level: str, start: str, end: str, areas: Sequence[str]) -> dict[str, Any]:
    ref = "guide §1"
    return {
        **{
            "id": name,
            "name": name,
            "short_name": name,
            "level": level,
            "model": "model",
            "description": "description",
            "provider": name,
        },
        "commissioners": ["somebody"],
        "funding": [{"funder": "somebody", "amount": "not stated", "ref": ref}],
        "contract": {"start": start, "end": end, "ref": ref},
        "eligibility": {
            "who": "women",
            "minimum_age": 18,
            "minimum_age_basis": "basis",
            "ref": ref,
        },
        **{"referral_routes": ["herself"], "referral_ref": ref, "ref": ref},
        "service_area": {"heading_count": "not stated", "listed": list(areas), "ref": ref},
        "confidence": {"level": "high", "reason": "reason"},
    }


def _source() -> dict[str, Any]:
    words = {
        "id": "guide",
        "title": "Guide",
        "short_title": "Guide",
        "publisher": "somebody",
        "date": "2020",
        "licence": "none",
    }
    return {**words, "sections": [{"id": "1", "title": "All of it"}]}
