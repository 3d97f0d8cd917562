"""The scripts that reach a browser are those in ``static/``, all of them, as one module."""

from __future__ import annotations

import ast
import gzip
import re
from collections import Counter

import pytest
from starlette.applications import Starlette
from support import ROOT, asking

from components.page import scripts

FILES = {
    path.relative_to(scripts.STATIC).as_posix()
    for path in scripts.STATIC.rglob("*.js")
    if path.parent != scripts.PHONES
}
_NAMES = r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+|\{[^}]+\}|\[[^\]]+\])"
_IMPORTED = re.compile(r'^import \{([^}]+)\} from "([^"]+)";$', re.MULTILINE)
_EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE)


def ask(path: str, encoding: str = "identity") -> asking.Answer:
    """What a server that has nothing but the scripts answers."""
    server = Starlette(middleware=scripts.middleware())
    return asking.ask(server, path, accept_encoding=encoding)


def drawn_by() -> set[str]:
    """The functions that the components name."""
    found = set()
    for path in (ROOT / "components").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "component":
                found.add(ast.literal_eval(node.args[1]))
    return found


def address() -> str:
    """Where a component's own script finds the scripts."""
    found = re.search(r'"(app/scripts/[^"]+)"', scripts._loader("areaMap"))
    assert found is not None
    return f"/{found[1]}"


def test_every_script_in_the_folder_is_sent_once_after_those_it_imports() -> None:
    order = list(scripts.sources())
    assert sorted(order) == sorted(FILES)
    for place, name in enumerate(order):
        assert set(scripts._imports(name, scripts.sources()[name])) <= set(order[:place]), name


def test_every_name_that_a_script_imports_is_exported_where_it_says() -> None:
    texts = scripts.sources()
    for name, text in texts.items():
        imported = _IMPORTED.findall(text)
        assert len(imported) == len(re.findall("^import ", text, re.MULTILINE)), name
        for (names, _), source in zip(imported, scripts._imports(name, text), strict=True):
            wanted = set(re.findall(r"\w+", names))
            assert wanted <= set(_EXPORTED.findall(texts[source])), (name, source)


def test_no_import_is_left_and_no_name_stands_twice_when_they_are_joined() -> None:
    text = scripts.joined(scripts.sources())
    assert "import" not in re.findall(r"^\w+", text, re.MULTILINE)
    names = [part for found in re.findall(_NAMES, text, re.M) for part in re.findall(r"\w+", found)]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert len(names) > len(FILES)


def test_what_the_components_name_is_exported_and_nothing_else_is_left_unused() -> None:
    texts = scripts.sources()
    exported = {name for text in texts.values() for name in _EXPORTED.findall(text)}
    found = [names for text in texts.values() for names, _ in _IMPORTED.findall(text)]
    imported = {name for names in found for name in re.findall(r"\w+", names)}
    assert drawn_by() <= exported
    assert exported == drawn_by() | imported
    assert {"areaMap", "pageFrame", "sortableTable"} <= drawn_by()


def test_every_script_says_at_its_head_that_it_holds_no_rule_about_coverage() -> None:
    for name, text in scripts.sources().items():
        head = re.match(r"(?:// .*\n)+", text)
        assert head is not None, name
        words = head[0].replace("\n// ", " ")
        assert re.search("holds? (?:a|no) rule about coverage", words), name


def test_a_browser_keeps_this_version_for_good_and_no_other() -> None:
    now, before = ask(address()), ask("/app/scripts/0123456789.js")
    assert now.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in now.headers["cache-control"]
    assert before.headers["cache-control"] == "no-cache"
    assert before.body == now.body == scripts.joined(scripts.sources()).encode()


def test_it_is_compressed_for_who_takes_that_and_found_below_a_path() -> None:
    small, whole = ask(f"/below/a/proxy{address()}", "br, gzip"), ask(address())
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in whole.headers
    assert gzip.decompress(small.body) == whole.body


@pytest.mark.parametrize("path", ["/app/scripts/provision.js", "/app/scripts/0123456789.css", "/"])
def test_other_addresses_are_not_its_own(path: str) -> None:
    assert ask(path).status == 404
