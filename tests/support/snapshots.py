"""What a person reads, as plain text that can be reviewed: a whole page with its controls, tables
and maps, or what a command says. It is kept in one file for each page and command."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element, UnknownElement
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

_SILENT = ("-frame", "-watch", "-outlines", "-story")  # components that show nothing by themselves
_TABLE_ROW, _CELL = re.compile(r"</tr>"), re.compile(r"</t[dh]>\s*(?=<t[dh])")
_BREAK = re.compile(
    r"<br ?/?>|</(?:p|li|h\d|div|section|caption|summary|dt|dd|label|figcaption|header|footer)>"
)
_MOST_OPTIONS = 40


class OneFileEach(SingleFileSnapshotExtension):
    """A text file for each case, in a folder beside the test."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def page_text(app: AppTest, *changing: str) -> str:
    """Everything that a page shows, from top to bottom, one piece on a line; ``changing`` are texts
    that differ without anybody having changed a word."""
    text = "\n".join(line for part in _elements(app.main) for line in _lines(part))
    for word in changing:
        text = text.replace(word, "…")
    return text


def _elements(block: Block) -> Iterator[Element | Block]:
    for child in block.children.values():
        if isinstance(child, Block):
            label = getattr(child, "label", "")
            if label:
                yield child
            yield from _elements(child)
        else:
            yield child


def _lines(element: Any) -> Iterator[str]:
    if isinstance(element, Block):
        yield f"[{element.type}] {element.label}"
    elif isinstance(element, UnknownElement) and element.type == "bidi_component":
        if not element.proto.id.endswith(_SILENT):
            (data,) = json.loads(element.proto.json)
            yield from _component(data)
    elif element.type == "html":
        if not element.proto.body.startswith("<style>"):
            yield from html_lines(element.proto.body)
    elif element.type in ("markdown", "caption"):
        yield from filter(None, (line.strip() for line in element.value.splitlines()))
    else:
        yield from _control(element)


def html_lines(body: str) -> Iterator[str]:
    """The text of some HTML, a line for each block and each row of a table."""
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", body, flags=re.DOTALL)
    body = _CELL.sub(" | ", re.sub(r"\s+", " ", body))
    body = _BREAK.sub("\n", _TABLE_ROW.sub("\n", body))
    for line in html.unescape(re.sub(r"<[^>]*>", "", body)).splitlines():
        if line := " ".join(line.split()):
            yield line


def _control(element: Any) -> Iterator[str]:
    """A control: what it is, what it is called, what it holds, and what else it offers."""
    proto = getattr(element, "proto", None)
    label = getattr(element, "label", "") or getattr(proto, "label", "")
    words = [f"[{element.type}] {label}".rstrip()]
    options = [str(getattr(o, "content", o)) for o in getattr(proto, "options", ())]
    if options and len(options) <= _MOST_OPTIONS:
        words.append(f"options: {'; '.join(options)}")
    elif options:
        words.append(f"options: {options[0]} … {options[-1]} ({len(options)})")
    for name in ("help", "placeholder"):
        if said := getattr(proto, name, ""):
            words.append(f"{name}: {said}")
    yield " | ".join(" ".join(word.split()) for word in words)


def _component(data: Any) -> Iterator[str]:
    """What a component is given to show: a table row by row, of anything else its sentences."""
    if isinstance(data, dict) and {"caption", "columns", "rows"} <= set(data):
        yield f"[table] {data['caption']}"
        for row in [data["columns"], *data["rows"]]:
            yield " | ".join(cell["text"] if isinstance(cell, dict) else cell for cell in row)
    else:
        yield "[drawing]"
        yield from dict.fromkeys(_sentences(data))


def _sentences(data: Any) -> Iterator[str]:
    """Every text of some data that is for people: of more than one word."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name not in ("stamp", "outlines", "link", "links", "areas", "ahead", "path", "d"):
                yield from _sentences(value)
    elif isinstance(data, list):
        for value in data:
            yield from _sentences(value)
    elif isinstance(data, str) and re.search(r"[A-Za-z]{2}.* .*[A-Za-z]{2}", data):
        yield from html_lines(data)
