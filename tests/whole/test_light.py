"""What is not loaded: pandas and pyarrow take longer to load than a record to read, and a third of
a server's memory. Counted in modules, each time in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from support import ROOT

from provision.coverage.status import coverage, coverage_table
from provision.record import Record
from provision.scenarios.evaluate import evaluate
from provision.scenarios.scenario import presets

TABLES = {"pandas", "pyarrow", "geopandas"}
COMMAND = "from provision.__main__ import main; main({argv!r})"
# A page is drawn as the server draws it: what is asked for is its address.
PAGE = """
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
app = AppTest.from_file({app!r}, default_timeout=3600)
app.query_params["hubs"] = {hubs!r}
app._page_hash = calc_hash("scenario")
assert not app.run().exception
"""
REPORT = (
    "\nimport json, sys; print('\\n' + json.dumps(sorted(m for m in sys.modules if '.' not in m)))"
)


def loaded(script: str) -> set[str]:
    """The modules that a script has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", script + REPORT], cwd=ROOT, capture_output=True, check=True
    )
    return set(json.loads(done.stdout.decode().splitlines()[-1]))


@pytest.mark.parametrize(
    "argv",
    [["validate"], ["coverage"], ["coverage", "--format", "json"], ["why", "Barnet"]],
    ids=" ".join,
)
def test_a_command_that_only_reads_lays_out_no_data_frame(argv: list[str]) -> None:
    assert not loaded(COMMAND.format(argv=argv)) & TABLES


def test_what_commands_there_are_is_said_without_reading_anything() -> None:
    script = "from provision.__main__ import _parser; _parser().format_help()"
    assert not loaded(script) & {*TABLES, "numpy", "pydantic", "yaml"}


@pytest.mark.parametrize("hubs", ["", "E09000021~land"])
def test_what_if_is_drawn_without_a_data_frame(hubs: str) -> None:
    assert not loaded(PAGE.format(app=str(ROOT / "app.py"), hubs=hubs)) & TABLES


def test_a_table_is_the_same_before_and_after_it_is_laid_out(london: Record) -> None:
    on = london.default_date
    frame, plain = coverage(london, on), coverage_table(london, on)
    assert {str(code): row for code, row in frame.to_dict("index").items()} == dict(plain.rows())
    outcome = evaluate(london, presets(london)["planned-hubs"])
    assert dict(outcome.areas.rows()) == outcome.table.to_dict("index")
    assert list(outcome.areas.columns) == list(outcome.table.columns)


def test_what_is_held_as_it_was_read_is_what_its_frame_says(london: Record) -> None:
    frame = london.neighbours
    assert list(london.neighbour_pairs) == list(
        frame[["code_a", "code_b", "type"]].itertuples(index=False, name=None)
    )
    values = london.women_values(18)
    assert values.tolist() == london.women(18).tolist()
    assert london.figures.index.tolist() == [area.code for area in london.areas]
