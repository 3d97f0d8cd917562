"""Files and functions that can be read at one sitting: no file over 300 lines, no function over 40
(docstrings not counted: what a function takes and gives is said in full, see
``test_docstrings.py``). What is longer is named here; the list is only ever to grow shorter."""

from __future__ import annotations

import ast
from pathlib import Path

from support import ROOT

MOST_OF_A_FILE, MOST_OF_A_FUNCTION = 300, 40
FOLDERS = ("provision", "components", "pages", "benchmarks", "tools", "fuzz")
FILES = [ROOT / "app.py", *(p for name in FOLDERS for p in sorted((ROOT / name).rglob("*.py")))]

LONG_FILES = {
    "provision/paper/citation.py",
    "provision/scenarios/evaluate.py",
    "provision/scenarios/plain.py",
    "provision/scenarios/scenario.py",
    "provision/schema/services.py",
    "provision/workshop/entries.py",
    "provision/workshop/minutes.py",
    "provision/workshop/story.py",
    "benchmarks/growth.py",
    "benchmarks/report.py",
    "benchmarks/scenarios.py",
}
LONG_FUNCTIONS = {
    "provision/paper/brief.py::not_stated",
    "provision/paper/brief_docx.py::_sources",
    "provision/paper/map_labels.py::label_map",
    "provision/paper/sheets.py::notes",
    "provision/paper/tables.py::gaps_table",
    "provision/workshop/minutes.py::_table",
    "components/paper/cite.py::_citation",
    "components/paper/downloads.py::data_files",
    "components/paper/downloads.py::_annex_files",
    "components/present/desk.py::_files",
}


Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(node: Function) -> int:
    """How many lines a function has without its docstring."""
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_of(node)


def docstring_of(node: Function) -> int:
    """How many lines the docstring of a function has."""
    if ast.get_docstring(node) is None:
        return 0
    said = node.body[0]
    return (said.end_lineno or said.lineno) - said.lineno + 1


def lines_of_file(text: str) -> int:
    """How many lines a file has without the docstrings of its functions."""
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, Function)]
    return text.count("\n") - sum(map(docstring_of, functions))


def long_functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{path.relative_to(ROOT).as_posix()}::{node.name}"
        for node in ast.walk(tree)
        if isinstance(node, Function) and lines_of(node) > MOST_OF_A_FUNCTION
    }


def test_no_file_is_too_long_to_read() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if lines_of_file(path.read_text(encoding="utf-8")) > MOST_OF_A_FILE
    }
    assert found <= LONG_FILES


def test_no_function_is_too_long_to_read() -> None:
    assert set().union(*map(long_functions, FILES)) <= LONG_FUNCTIONS


def test_a_docstring_does_not_count() -> None:
    code = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    (function,) = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef) and lines_of(function) == 2
    assert lines_of_file(code) == 2
