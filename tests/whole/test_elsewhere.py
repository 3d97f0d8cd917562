"""The same data and the same question are the same bytes everywhere: in another time zone,
language, order of hashing, and at another date."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from support import ROOT

pytestmark = pytest.mark.xdist_group("elsewhere")  # made once for all of its tests

CITY = [
    f"--{name}=tests/city/{file}"
    for name, file in (
        ("services", "services.yaml"),
        ("boundaries", "boundaries.geojson"),
        ("figures", "figures.csv"),
    )
]
SCENARIO = "scenario: 1\non: 2019-06-30\nhubs:\n  - {area: E09000003, reach: land}\n"
# A name, and what is asked; {} stands for a folder of the run's own. A file that is written is
# compared with what is printed.
ASKED = {
    **{
        "coverage": ["coverage"],
        "coverage csv": ["coverage", "--format", "csv"],
        "coverage json": ["coverage", "--format", "json"],
    },
    **{
        "gaps csv": ["gaps", "--format", "csv"],
        "calendar json": ["calendar", "--format", "json"],
        "why": ["why", "Greenwich"],
    },
    **{
        "themes": ["themes"],
        "best hubs": ["best-hubs", "--hubs", "2", "--reach", "land"],
        "scenario": ["scenario", "--file", "{}/s.yaml"],
        "schema": ["schema"],
    },
    **{
        "hsds": ["export-hsds", "--out", "{}/hsds.json"],
        "figure svg": ["figure", "coverage", "--out", "{}/f.svg"],
    },
    **{
        "figure png": ["figure", "coverage", "--out", "{}/f.png"],
        "figure pdf": ["figure", "gaps", "--out", "{}/f.pdf"],
        "pack": [*CITY, "pack", "--size", "column", "--out", "{}/p.zip"],
    },
    **{"brief": [*CITY, "brief", "--out", "{}/b.docx"], "tables": ["tables", "--out", "{}/t.xlsx"]},
}
# All questions, one after another in one process; with "later", when whoever asks Python for the
# time is told one twenty years away. pandas is compiled against Python's own datetime, and has to
# find that one when it is loaded.
ASKING = """
import datetime, json, sys, time
import pandas
from provision.__main__ import main
asked, folder, later = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:]
now, real = time.time, datetime.datetime
class Later(real):
    @classmethod
    def now(cls, tz=None): return real.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls): return cls.now(datetime.timezone.utc).replace(tzinfo=None)
    @classmethod
    def today(cls): return cls.now()
if later:
    time.time = lambda: now() + 20 * 365.25 * 86_400
    for name in ("localtime", "gmtime"):
        setattr(time, name, lambda at=None, own=getattr(time, name): own(time.time() if at is None else at))
    for module in [m for m in sys.modules.values() if vars(m).get("datetime") is real]:
        module.datetime = Later
for words in asked:
    assert main([word.replace("{}", folder) for word in words]) == 0, words
    print("\\f", end="", flush=True)
"""
WRITTEN = 8  # files, the scenario among them
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
PLACES: dict[str, Mapping[str, str]] = {
    "in twenty years, where it is tomorrow already, in Turkish": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "2",
    },
    "where it is yesterday still, and text is ASCII": {
        "TZ": "Pacific/Pago_Pago",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONHASHSEED": "4",
    },
}


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with the Turkish locale, where the system can make it; where it cannot, programs go
    on without one."""
    folder = tmp_path_factory.mktemp("locales")
    subprocess.run(
        ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")],
        check=False,
        capture_output=True,
    )
    return str(folder)


def answers(folder: Path, environment: Mapping[str, str], *later: str) -> dict[str, bytes]:
    """What every command prints and writes."""
    own = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("PROVISION_", "LC_", "LANG", "PYTHON"))
    } | environment
    (folder / "s.yaml").write_text(SCENARIO, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKING, json.dumps([*ASKED.values()]), str(folder), *later],
        cwd=ROOT,
        env=own,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.split(b"\f")[:-1]
    return {
        name: words.replace(str(folder).encode(), b"{}")
        for name, words in zip(ASKED, said, strict=True)
    } | {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, locales: str) -> dict[str, bytes]:
    """What every command gives here and now."""
    return answers(tmp_path_factory.mktemp("here"), {**HERE, "LOCPATH": locales})


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    assert (
        b"Greenwich" in one["coverage csv"]
        and one.keys() == other.keys()
        and len(one) == len(ASKED) + WRITTEN
        and all(one.values())
    )
    return [name for name in one if one[name] != other[name]]


@pytest.mark.parametrize("place", PLACES)
def test_every_answer_is_the_same_bytes(
    place: str, here: dict[str, bytes], locales: str, tmp_path: Path
) -> None:
    later = ["later"] if "twenty years" in place else []
    found = answers(tmp_path, {**PLACES[place], "LOCPATH": locales}, *later)
    assert differing(here, found) == []
