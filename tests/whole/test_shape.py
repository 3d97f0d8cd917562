"""Files and functions that can be read at one sitting: no file over 300 lines, no function over 40
(its docstring not counted). What is longer is named here; the list
is only ever to grow shorter."""

from __future__ import annotations

import ast
from pathlib import Path

from support import ROOT

MOST_OF_A_FILE, MOST_OF_A_FUNCTION = 300, 40
FOLDERS = ("provision", "components", "pages", "benchmarks", "tools", "fuzz")
FILES = [ROOT / "app.py", *(p for name in FOLDERS for p in sorted((ROOT / name).rglob("*.py")))]

LONG_FILES = {
    "provision/export/scenarios.py",
    "provision/io/checks.py",
    "provision/links/query.py",
    "provision/links/scenario_link.py",
    "provision/links/values.py",
    "provision/paper/citation.py",
    "provision/paper/word.py",
    "provision/record.py",
    "provision/scenarios/evaluate.py",
    "provision/scenarios/plain.py",
    "provision/scenarios/scenario.py",
    "provision/schema/services.py",
    "provision/text/then_and_now.py",
    "provision/workshop/entries.py",
    "provision/workshop/minutes.py",
    "provision/workshop/page.py",
    "provision/workshop/store.py",
    "provision/workshop/story.py",
    "components/coverage/charts.py",
    "components/present/view_slides.py",
    "benchmarks/growth.py",
    "benchmarks/report.py",
    "benchmarks/scenarios.py",
}
LONG_FUNCTIONS = {
    "provision/__main__.py::_parser",
    "provision/exchange/hsds.py::_service",
    "provision/export/scenarios.py::scenario_json",
    "provision/export/theme_passages.py::theme_passages",
    "provision/paper/brief.py::not_stated",
    "provision/paper/brief_docx.py::_sources",
    "provision/paper/map_labels.py::label_map",
    "provision/paper/sheets.py::notes",
    "provision/paper/tables.py::gaps_table",
    "provision/text/versions.py::_areas",
    "provision/workshop/minutes.py::_table",
    "components/paper/cite.py::_citation",
    "components/paper/downloads.py::data_files",
    "components/paper/downloads.py::_annex_files",
    "components/present/desk.py::_files",
    "components/scenario/comparing.py::compare_panel",
    "components/scenario/contest.py::contest_controls",
    "benchmarks/growth.py::_page",
    "benchmarks/growth.py::_chart",
    "benchmarks/report.py::chart",
    "benchmarks/scenarios.py::region",
    "benchmarks/scenarios.py::_page",
    "benchmarks/soak.py::_page",
    "fuzz/__main__.py::fuzz",
    "fuzz/__main__.py::_words",
}


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has without its docstring."""
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is None:
        return whole
    said = node.body[0]
    return whole - ((said.end_lineno or said.lineno) - said.lineno + 1)


def long_functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{path.relative_to(ROOT).as_posix()}::{node.name}"
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and lines_of(node) > MOST_OF_A_FUNCTION
    }


def test_no_file_is_too_long_to_read() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if path.read_text(encoding="utf-8").count("\n") > MOST_OF_A_FILE
    }
    assert found <= LONG_FILES


def test_no_function_is_too_long_to_read() -> None:
    assert set().union(*map(long_functions, FILES)) <= LONG_FUNCTIONS


def test_a_docstring_does_not_count() -> None:
    code = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    (function,) = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef) and lines_of(function) == 2
