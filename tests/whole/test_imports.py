"""An arrow never points left: app -> pages -> components -> provision. And the domain knows no
region by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

# A folder, and what nothing in it may import.
FORBIDDEN = {
    "provision": {"streamlit", "plotly", "pydeck", "components", "pages", "app", "tests"},
    "components": {"pages", "app", "tests"},
    "pages": {"app", "tests"},
    "app.py": {"tests"},
}
FILES = [
    path
    for name in FORBIDDEN
    for path in sorted((ROOT / name).rglob("*.py") if (ROOT / name).is_dir() else [ROOT / name])
]
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def imports(tree: ast.AST) -> Iterator[str]:
    """The first part of the name of everything that is imported anywhere in a module, functions
    included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that they can be read here"
            yield (node.module or "").split(".")[0]


@each_file
def test_no_arrow_points_left(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    found = set(imports(ast.parse(path.read_text(encoding="utf-8"))))
    assert not found & FORBIDDEN[own]


def test_there_is_something_to_read() -> None:
    assert {path.name for path in FILES} >= {
        "record.py",
        "coverage.py",
        "area_map.py",
        "gaps.py",
        "app.py",
    }


def test_an_import_within_a_function_is_seen() -> None:
    assert set(imports(ast.parse("def f():\n    from a.b import c\n    import d.e"))) == {"a", "d"}


# Words that belong to one region. Their place is its data, and the names of its files.
OF_ONE_REGION = (
    "London",
    "E09",
    "Greenwich",
    "Thames",
    "Barnet",
    "Minerva",
    "MOPAC",
    "CRC",
    "Blueprint",
)
FIXED_PHRASES = {
    "provision/__main__.py": {
        "data (London's own where not given; environment: PROVISION_SERVICES, PROVISION_BOUNDARIES,"
        " ...)"
    },
    "provision/commands/coverage.py": {"code or name, for instance E09000011 or Greenwich"},
}


def words(path: Path) -> Iterator[str]:
    """Every name and every text in a module's code, without docstrings and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in loose:
            yield node.value
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Name, ast.Attribute)):
            yield node.id if isinstance(node, ast.Name) else node.attr


@each_file
def test_no_code_knows_a_region_by_name(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    if name == "provision/io/files.py":
        return  # the names of the default files
    found = {text for text in words(path) if any(word in text for word in OF_ONE_REGION)}
    assert found <= FIXED_PHRASES.get(name, set())


@pytest.mark.parametrize(
    "path", sorted((ROOT / "components" / "templates").glob("*.html")), ids=lambda path: path.name
)
def test_no_template_knows_a_region_by_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [word for word in (*OF_ONE_REGION, "borough", "Borough") if word in text]


def test_docstrings_and_comments_are_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text(
        '"""London."""\n# Thames\ndef f():\n    """Greenwich."""\n    return "Barnet"\n',
        encoding="utf-8",
    )
    assert list(words(path)) == ["f", "Barnet"]
