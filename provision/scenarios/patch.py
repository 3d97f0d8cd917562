"""Contested cells as a change to ``services.yaml``, for somebody to review: what is downloaded is a
proposal, and nothing is written here.

*Wrong* and *closed* take the area out of the service's list, *new* puts it in (and takes it out of
the areas listed as having none). The file has no word for a service that closed in one area only,
so a closed cell ends up as one that is not named; its area, if no other service names it, is then
*not stated*, where the scenario says *lapsed*. What was said stands in the file as a discrepancy,
with a source of its own, so that the proposal passes validation and nobody mistakes it for the
source's word.

Text is edited in place at the marks of the YAML parser: everything else, comments included, stays
byte for byte."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from typing import Any

import yaml

from provision.io.files import display
from provision.io.problems import InvalidData
from provision.io.reading import MAX_SERVICE_NODES, MAX_SERVICES, decode
from provision.record import Record
from provision.record_files import parse_services
from provision.scenarios.scenario import Contested, Scenario, Verdict

SOURCE = "contested"
_SAID = {
    Verdict.WRONG: "was never served by it",
    Verdict.CLOSED: "is no longer served by it",
    Verdict.NEW: "is served by it",
}

_Edit = tuple[int, int, str]  # from, to, in place of it


def patched(record: Record, scenario: Scenario) -> str:
    """The text of the services file with a scenario's contested cells. Raises ValueError where the
    file cannot hold them: a service must keep at least one area, and the file must still be
    valid."""
    text = _text(record)
    contested = [change for change in scenario.changes if isinstance(change, Contested)]
    if not contested:
        return text
    source = _free_id(record)
    for change in contested:
        text = _with_cell(record, text, change)
    text = _with_words(record, text, contested, source)
    try:
        parse_services(text, display(record.files.services), record.areas, MAX_SERVICE_NODES)
    except InvalidData as error:
        raise ValueError(f"the file would no longer be valid: {error.problems[0]}") from None
    return text


def patch(record: Record, scenario: Scenario) -> str:
    """The same as a unified diff, as ``git apply`` and ``patch -p1`` read it; empty where no cell
    is contested. Raises ValueError."""
    name = display(record.files.services).lstrip("/")
    before, after = _text(record), patched(record, scenario)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _text(record: Record) -> str:
    """The services file as the record has read it."""
    return decode(
        record.contents[record.files.services], display(record.files.services), MAX_SERVICES
    )


def _with_cell(record: Record, text: str, change: Contested) -> str:
    """The lists changed for one cell."""
    root = _compose(text)
    place = list(record.services_by_id).index(change.service)
    service = _at(root, "services").value[place]
    listed, name = _at(service, "service_area", "listed"), record.by_code[change.area].name
    if change.verdict is not Verdict.NEW:
        gone = [item for item in listed.value if record.official(item.value) == name]
        if len(gone) == len(listed.value):
            raise ValueError(
                f"{record.services_by_id[change.service].short_name} would name no"
                f" {record.file.region.area}; take the service out instead"
            )
        return _edited(text, _taken(text, listed, gone))
    none = _at(root, "areas_without_service", "listed")
    spoken = [item for item in none.value if record.official(item.value) == name]
    return _edited(text, [_added(text, listed, name), *_taken(text, none, spoken)])


def _free_id(record: Record) -> str:
    """An id for the source; a second proposal gets a number, so that the first may stand in the
    file already."""
    taken = {s.id for s in record.file.sources}
    return next(
        name
        for name in (SOURCE, *(f"{SOURCE}-{n}" for n in range(2, len(taken) + 3)))
        if name not in taken
    )


def _with_words(record: Record, text: str, contested: Sequence[Contested], source_id: str) -> str:
    """The discrepancies and the source that say who changed what."""
    entries = "".join(_discrepancy(record, change, source_id) for change in contested)
    sections = "".join(
        f"      - {{id: {_section(change)}, title: {_quoted(_words(record, change))}}}\n"
        for change in contested
    )
    source = (
        f"  - id: {source_id}\n    title: Entries contested in review\n    short_title: Contested"
        " entries\n    publisher: not stated\n    date: not stated\n    licence: not stated\n   "
        f" note: Said in review, not by a source; confirm before use.\n    sections:\n{sections}"
    )
    return _appended(_appended(text, "discrepancies", entries), "sources", source)


def _discrepancy(record: Record, change: Contested, source_id: str) -> str:
    service, area = record.services_by_id[change.service], record.by_code[change.area].name
    own = "does not name" if change.verdict is Verdict.NEW else "names"
    heading = "areas_without_service.heading_count, "
    lines = [
        f"  - id: {source_id}-{_section(change)}",
        f"    title: {_quoted(f'{service.short_name} in {area} is contested')}",
        "    statements:",
        (
            f"      - {{says: {_quoted(f'The source {own} {area}.')}, ref:"
            f" {_quoted('; '.join(map(str, service.service_area.ref)))}}}"
        ),
        (
            f"      - {{says: {_quoted(_words(record, change))}, ref: {source_id}"
            f" §{_section(change)}}}"
        ),
        "    done_here: We follow what was said in review.",
        f"    changes: {_quoted(f'Whether {area} is covered.')}",
        (
            f"    touches: [{service.id}, {service.id}.heading_count,"
            f" {heading * (change.verdict is Verdict.NEW)}{_quoted(area)}]"
        ),
    ]
    return "\n".join(lines) + "\n"


def _section(change: Contested) -> str:
    """An id for a cell, in the letters that ids may have."""
    code = "".join(c if c.isascii() and c.isalnum() else "-" for c in change.area.lower())
    return f"{change.service}-{code}"


def contested_line(record: Record, change: Contested) -> str:
    """What was said of an entry, with the service's name, in one line."""
    return f"{record.services_by_id[change.service].short_name}: {_words(record, change)}"


def _words(record: Record, change: Contested) -> str:
    since = f" ({change.since})" if change.since else ""
    return f"{record.by_code[change.area].name} {_SAID[change.verdict]}{since}."


# Text at the marks of the parser


def _compose(text: str) -> Any:
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _at(node: Any, *names: str) -> Any:
    """The node under some keys, one within the other."""
    for name in names:
        node = next(value for key, value in node.value if key.value == name)
    return node


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    for first, last, new in sorted(edits, reverse=True):
        text = text[:first] + new + text[last:]
    return text


def _taken(text: str, listed: Any, gone: Sequence[Any]) -> list[_Edit]:
    """Items taken out of a list: with their comma from one in brackets, with their line from one
    with dashes."""
    found = []
    for item in gone:
        first, last = item.start_mark.index, item.end_mark.index
        if not listed.flow_style:
            found.append((text.rindex("\n", 0, first) + 1, _line_end(text, last), ""))
        elif item is listed.value[0] or _leads(listed, item, gone):
            after = (
                listed.value[listed.value.index(item) + 1] if item is not listed.value[-1] else None
            )
            found.append((first, after.start_mark.index if after else last, ""))
        else:
            before = listed.value[listed.value.index(item) - 1]
            found.append((before.end_mark.index, last, ""))
    if gone and listed.flow_style and len(gone) == len(listed.value):
        return [(listed.start_mark.index, listed.end_mark.index, "[]")]
    return (
        found
        if len(gone) < len(listed.value)
        else [(listed.start_mark.index, listed.end_mark.index, "[]\n")]
    )


def _leads(listed: Any, item: Any, gone: Sequence[Any]) -> bool:
    """Whether everything before an item goes too, so that the comma after it goes with it."""
    return all(other in gone for other in listed.value[: listed.value.index(item)])


def _added(text: str, listed: Any, name: str) -> _Edit:
    """A name put at the end of a list."""
    if listed.flow_style:
        end = listed.value[-1].end_mark.index if listed.value else listed.end_mark.index - 1
        return end, end, f", {_scalar(name)}" if listed.value else _scalar(name)
    last = listed.value[-1]
    end = _line_end(text, last.end_mark.index)
    return end, end, f"{' ' * listed.start_mark.column}- {_scalar(name)}\n"


def _appended(text: str, part: str, entries: str) -> str:
    """Entries put at the end of a list of the file, or a list begun before the sources."""
    root = _compose(text)
    if part in [key.value for key, _ in root.value]:
        listed = _at(root, part)
        if listed.value:
            indent = listed.start_mark.column
            end = _line_end(text, _last_mark(listed.value[-1]))
            return text[:end] + _indented(entries, indent) + text[end:]
        return (
            text[: listed.start_mark.index].rstrip()
            + "\n"
            + entries.rstrip("\n")
            + text[listed.end_mark.index :]
        )
    start = next(key.start_mark.index for key, _ in root.value if key.value == "sources")
    return f"{text[:start]}{part}:\n{entries}\n{text[start:]}"


def _indented(entries: str, column: int) -> str:
    """Entries, written two columns in, moved to the column of the list that they join."""
    return "".join(" " * column + line[2:] for line in entries.splitlines(keepends=True))


def _last_mark(node: Any) -> int:
    """Where the last scalar or bracket of a node ends: a block's own end mark lies beyond the blank
    lines and comments that follow it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _last_mark(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, index: int) -> int:
    """Just after the end of the line that an index lies in; a folded text's end mark may stand
    there already."""
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _scalar(name: str) -> str:
    """A name as it stands in a list: bare where nothing in it means something else."""
    return (
        name
        if all(c.isalpha() or c in " -'" for c in name) and name[:1].isalpha()
        else _quoted(name)
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
