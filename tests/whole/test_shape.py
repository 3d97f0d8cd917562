"""Files and functions that can be read at one sitting: no file over 300 lines, no function over 40
(its docstring not counted). What is longer is named here, with why; a name that is no longer needed
is to go."""

from __future__ import annotations

import ast
from pathlib import Path

from support import ROOT

MOST_OF_A_FILE, MOST_OF_A_FUNCTION = 300, 40
FOLDERS = ("provision", "components", "pages", "benchmarks", "tools", "fuzz")
FILES = [ROOT / "app.py", *(p for name in FOLDERS for p in sorted((ROOT / name).rglob("*.py")))]

LONG_FILES = {
@FILES@}
LONG_FUNCTIONS = {
@FUNCS@}


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
    assert found == set(LONG_FILES)


def test_no_function_is_too_long_to_read() -> None:
    assert set().union(*map(long_functions, FILES)) == set(LONG_FUNCTIONS)


def test_a_docstring_does_not_count() -> None:
    code = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    (function,) = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef) and lines_of(function) == 2
