"""Texts that were written to break something, in every field of every file; and edits for hours."""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provision.io.files import ROOT
from provision.io.problems import InvalidData
from provision.record import load
from tools.attack.trial import Trial

sys.path.insert(0, str(ROOT / "tests"))  # the hostile region and the pages as scripts

from support.apps import active, opened, raw, turn
from support.hostile import ODD, UNSEEN, region

PAGES = (
    *("coverage", "gaps", "borough", "then_and_now", "scenario", "themes", "theme_maps", "find"),
    *("intersections", "partners", "pathway", "sources", "your_data", "paper", "present"),
)
FILES = ("services", "boundaries", "figures", "neighbours", "themes", "organisations")
FAILED = ("We could not draw this page", "Uncaught app execution")
_LINK = re.compile(r"(https?://|www\.)[-.\w]|[-.\w+]@[-\w]+\.", re.IGNORECASE)
_AFTER = 8  # edits after which caches are as large as they get


def unseen() -> Trial:
    """What nobody can see is refused, in every field, before any page sees it."""
    failed = []
    for name, text in UNSEEN.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                load(region(Path(folder), text, "Area"))
                failed.append(f"{name} was taken")
            except InvalidData:
                continue
    return Trial("Invisible characters in the data", len(UNSEEN), tuple(failed))


def odd() -> list[Trial]:
    """Every other hostile text, on every page: none is down, none has markup or outside links."""
    logging.disable(logging.CRITICAL)
    down, markup, links, many = list[str](), list[str](), list[str](), 0
    for name, text in ODD.items():
        with tempfile.TemporaryDirectory() as folder:
            serve(region(Path(folder), text), Path(folder))
            app = opened("coverage")
            for page in PAGES:
                turn(app, page)
                many += 1
                where = f"{name} on {page}"
                shown = raw(app)
                down += [where] * bool(app.exception or any(word in shown for word in FAILED))
                markup += [where] * bool(
                    [t for t in active(shown) if (page, t) != ("paper", "img")]
                )
                links += [where] * bool([t for t in labels(app) if _LINK.search(t)])
    return [
        Trial("Pages under hostile texts: down", many, tuple(down)),
        Trial("Pages under hostile texts: markup that runs or loads", many, tuple(markup)),
        Trial("Pages under hostile texts: addresses that become links", many, tuple(links)),
    ]


def serve(files: Any, folder: Path) -> None:
    """Have the app read some files."""
    for name in FILES:
        os.environ[f"PROVISION_{name.upper()}"] = str(getattr(files, name))
    os.environ["PROVISION_RECORDS"] = f"sqlite:///{folder / 'records.sqlite'}"
    os.environ["PROVISION_DATA_SECONDS"] = "3600"


def labels(app: Any) -> Iterator[str]:
    """What Streamlit reads as Markdown on a page, its escapes taken out."""
    for node in _nodes(app._tree):
        found = [getattr(node, "label", ""), getattr(node, "help", "")]
        found += [node.value] if node.type in ("caption", "markdown") else []
        if node.type in ("radio", "button_group", "select_slider"):
            found += getattr(node, "options", ())
        yield from (text.replace("\\", "") for text in found if text)


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def edits(times: int) -> Trial:
    """Edit London's services so often, looking at a page after each: memory stays level."""
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = (ROOT / "data" / "services.yaml").read_text("utf-8")
        for file in FILES:
            os.environ.pop(f"PROVISION_{file.upper()}", None)
        for other in ("themes", "organisations"):
            (folder / f"{other}.yaml").write_bytes((ROOT / "data" / f"{other}.yaml").read_bytes())
        os.environ["PROVISION_SERVICES"] = str(folder / "services.yaml")
        (folder / "services.yaml").write_text(text, "utf-8")
        app, failed, level = opened("coverage"), list[str](), 0.0
        for n in range(times):
            (folder / "new").write_text(f"{text}\n# edit {n}\n", "utf-8")
            (folder / "new").replace(folder / "services.yaml")
            turn(app, PAGES[n % 6])
            failed += [f"edit {n}"] * bool(app.exception)
            if n == min(_AFTER * 6, times // 2):
                level = _megabytes()
    grown = _megabytes() - level
    failed += [f"memory grew by {grown:.0f} MB"] * (grown > 60)
    return Trial("Edits of the data: memory", times, tuple(failed), f"{level:.0f} MB {grown:+.0f}")


def _megabytes() -> float:
    gc.collect()
    held = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(held) * os.sysconf("SC_PAGE_SIZE") / 1e6
