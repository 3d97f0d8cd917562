"""Commands about the record itself: whether it is good, who is covered, why, when, and who is
not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from provision.commands.command import FORMATS, Command, day, on
from provision.dates import add_months
from provision.io.files import display

if TYPE_CHECKING:
    from provision.record import Record


def _validate(record: Record, args: argparse.Namespace) -> str:
    file, region = record.file, record.file.region
    counts = (
        f"{display(record.files.services)}: {len(record.services)} services,"
        f" {len(file.other_provision)} other provision, {len(file.outcome_targets)} outcome"
        f" targets, {len(record.discrepancies)} discrepancies, {len(file.sources)} sources,"
        f" {len(record.themes)} themes, {len(record.organisations_by_id)} organisations,"
        f" {len(record.areas)} areas ({int(record.counted.sum())} {region.areas}); no problems"
    )
    return "\n".join([counts, *(f"- {note}" for note in record.notes)])


def _coverage(record: Record, args: argparse.Namespace) -> str:
    from provision.coverage.status import coverage_table
    from provision.export import coverage as export
    from provision.export import writing
    from provision.text.headings import coverage_heading

    on = args.on or record.default_date
    if args.format == "json":
        return writing.answer_json(export.coverage_json(record, on))
    rows = export.coverage_rows(record, on)
    if args.format == "csv":
        return writing.to_csv(rows).rstrip()
    return f"{coverage_heading(record, coverage_table(record, on), on)}\n\n{writing.to_text(rows)}"


def _why(record: Record, args: argparse.Namespace) -> str:
    from provision.export import coverage as export
    from provision.export import writing
    from provision.text import coverage as sentences

    on, code = args.on or record.default_date, record.find(args.area).code
    if args.format == "json":
        return writing.answer_json(
            {"on": on.isoformat(), "code": code, "sentences": export.why_json(record, code, on)}
        )
    found = sentences.why(record, code, on)
    return "\n".join(
        s.text + (f" [{'; '.join(map(str, s.refs))}]" if s.refs else "") for s in found
    )


def _calendar(record: Record, args: argparse.Namespace) -> str:
    from provision.coverage.timeline import LONGEST_MONTHS, span
    from provision.export import coverage as export
    from provision.export import writing
    from provision.text import changes

    begin, end = span(record)
    first, last = args.since or begin, args.until or end
    if not first <= last <= add_months(first, LONGEST_MONTHS):
        raise LookupError(
            f"from {first} to {last} is not a calendar of at most {LONGEST_MONTHS // 12} years;"
            " choose other dates"
        )
    if args.format == "json":
        return writing.answer_json(export.calendar_json(record, first, last))
    rows = export.calendar_rows(record, first, last)
    if args.format == "csv":
        return writing.to_csv(rows).rstrip()
    return "\n\n".join(
        ["\n".join(changes.change_sentences(record, first, last)), writing.to_text(rows)]
    )


def _gaps(record: Record, args: argparse.Namespace) -> str:
    from provision.export import coverage as export
    from provision.export import writing
    from provision.links.query import Query

    on = args.on or record.default_date
    need = args.need or Query.default(record).need
    if need is not None and not (
        need in record.indicators_by_id and record.indicators_by_id[need].use_as_weight
    ):
        known = ", ".join(i.id for i in record.indicators if i.use_as_weight)
        raise LookupError(f"'{need}' is not a measure of need; use one of: {known}")
    if args.format == "json":
        return writing.answer_json(export.gaps_json(record, on, need))
    rows = export.gaps_rows(record, on, need)
    return writing.to_csv(rows).rstrip() if args.format == "csv" else writing.to_text(rows)


def _why_arguments(command: argparse.ArgumentParser) -> None:
    on(command)
    command.add_argument(
        "area", metavar="AREA", help="code or name, for instance E09000011 or Greenwich"
    )


def _gaps_arguments(command: argparse.ArgumentParser) -> None:
    on(command)
    command.add_argument("--need", metavar="INDICATOR", help="measure of need to rank by")


def _calendar_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="since",
        type=day,
        metavar="YYYY-MM-DD",
        help="default: when the record begins to speak",
    )
    command.add_argument(
        "--to",
        dest="until",
        type=day,
        metavar="YYYY-MM-DD",
        help="default: three months after the last contract",
    )


COMMANDS = (
    Command("validate", "list every problem in the data at once, or one line of counts", _validate),
    Command("coverage", "the status of every area on a day", _coverage, on, FORMATS),
    Command(
        "why",
        "why an area has its status, in plain sentences",
        _why,
        _why_arguments,
        ("table", "json"),
    ),
    Command(
        "gaps",
        "areas with nothing, lapsed, not stated or thin, ranked by need",
        _gaps,
        _gaps_arguments,
        FORMATS,
    ),
    Command(
        "calendar",
        "which areas change status in which month",
        _calendar,
        _calendar_arguments,
        FORMATS,
    ),
)
