"""What a function of the domain takes and gives is said where it is defined, in the sections of
numpydoc; and every example in ``provision/`` is true."""

from __future__ import annotations

import ast
import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

# The folders and modules of provision/ whose public functions say it all; the list is only ever to
# grow longer.
DONE = (*("coverage", "dates.py", "english.py", "exchange", "find.py", "findable.py", "geo", "io"),)
DOMAIN = sorted((ROOT / "provision").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_done(path: Path) -> bool:
    return path.relative_to(ROOT / "provision").parts[0] in DONE


def public_functions(text: str) -> Iterator[Function]:
    for node in ast.parse(text).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def missing(function: Function) -> set[str]:
    """The sections that a function's docstring should have and lacks."""
    said = ast.get_docstring(function) or ""
    its = function.args
    takes = [*its.posonlyargs, *its.args, *its.kwonlyargs, *filter(None, (its.vararg, its.kwarg))]
    gives = function.returns is not None and ast.unparse(function.returns) != "None"
    raises = any(isinstance(n, ast.Raise) and n.exc for n in ast.walk(function))
    yields = ast.unparse(function.returns or ast.Constant(None)).startswith("Iterator")
    wanted = {
        "Parameters": bool(takes),
        "Yields" if yields else "Returns": gives,
        "Raises": raises,
    }
    found = {name for name, asked in wanted.items() if asked and not has_section(said, name)}
    return found | {f"parameter {a.arg}" for a in takes if not describes(said, a.arg)}


def has_section(said: str, name: str) -> bool:
    return f"{name}\n{'-' * len(name)}\n" in f"{said}\n"


def describes(said: str, parameter: str) -> bool:
    """Whether a line begins with the parameter, alone or among others."""
    return any(
        parameter in line.split(" : ")[0].replace("*", "").split(", ") for line in said.split("\n")
    )


@pytest.mark.parametrize(
    "path", filter(is_done, DOMAIN), ids=lambda path: str(path.relative_to(ROOT))
)
def test_public_functions_say_what_they_take_and_give(path: Path) -> None:
    lacking = {
        function.name: lacks
        for function in public_functions(path.read_text(encoding="utf-8"))
        if (lacks := missing(function))
    }
    assert not lacking


def test_what_is_done_is_there() -> None:
    for name in DONE:
        assert (ROOT / "provision" / name).exists()


def test_a_section_that_lacks_is_found() -> None:
    code = 'def f(a: int, *, b: int) -> int:\n    """One.\n\n    Parameters\n    ----------\n'
    code += '    a\n        A number."""\n    raise ValueError("no")\n'
    (function,) = public_functions(code)
    assert missing(function) == {"Returns", "Raises", "parameter b"}


WITH_EXAMPLES = [path for path in DOMAIN if ">>> " in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_are_true(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted and not found.failed
