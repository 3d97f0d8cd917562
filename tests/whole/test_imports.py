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


# Within provision/, from the bottom up: a module imports from its own layer and from those before
# it. The longest name that fits says where a module is.
LAYERS = (
    ("dates", "english", "io.characters", "links.address"),
    ("schema",),
    ("io",),
    ("regions.area_codes", "regions.place_names", "regions.area_matching"),
    ("readers",),
    (
        "regions.input_files",
        "regions.unstated",
        "regions.outline_files",
        "regions.matching_file",
        "regions.contiguity",
        "regions.any_boundaries",
    ),
    ("record_files",),
    ("record",),
    ("coverage", "geo"),
    ("regions", "themes", "location"),
    ("scenarios",),
    ("location.best_hubs", "location.covering_model", "location.every_set", "location.problem"),
    ("findable",),
    ("find", "exchange"),
    ("links",),
    ("text",),
    ("export", "symbology"),
    ("paper",),
    ("workshop", "exchange.workbook"),
    ("room",),
    ("workshop.minutes",),
    ("commands",),
    ("__main__",),
)
FLOORS = {name: floor for floor, names in enumerate(LAYERS) for name in names}
DOMAIN = [path for path in FILES if path.is_relative_to(ROOT / "provision")]


def floor_of(module: str) -> int:
    """The layer of a module of provision/."""
    parts = module.split(".")[1:]
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(FLOORS[name] for name in names if name in FLOORS)


def modules_imported(path: Path) -> Iterator[str]:
    """The modules of provision/ that a module imports from, functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("provision"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / inner.replace(".", "/")).with_suffix(".py").exists()
                yield inner if is_module else str(node.module)


@pytest.mark.parametrize(
    "path",
    [path for path in DOMAIN if path.name != "__init__.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_arrow_runs_up_within_the_domain(path: Path) -> None:
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert not [name for name in modules_imported(path) if floor_of(name) > floor_of(own)]


def test_the_longest_name_says_where_a_module_is() -> None:
    assert floor_of("provision.location.best_hubs") > floor_of("provision.scenarios.evaluate")
    assert floor_of("provision.location.catchment") < floor_of("provision.scenarios.evaluate")


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
