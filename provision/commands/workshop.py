"""Commands about the records of workshops."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import FORMATS, Command, web_address
from provision.commands.output import suffix_of, writable, write_whole
from provision.io.files import display
from provision.links.published import ENVIRONMENT, published

if TYPE_CHECKING:
    from provision.record import Record
    from provision.workshop.store import Store


def _workshops(record: Record, args: argparse.Namespace) -> str:
    from provision.export import writing
    from provision.workshop.entries import RecordProblem

    try:
        found = _store(args).sessions()
    except RecordProblem as problem:
        raise LookupError(str(problem)) from None
    rows = [
        {
            "id": own.id,
            "name": own.name,
            "started": f"{own.started:%Y-%m-%dT%H:%M:%SZ}",
            "entries": own.entries,
            "ended": f"{own.ended:%Y-%m-%dT%H:%M:%SZ}" if own.ended else "",
            "data_version": own.data_version,
        }
        for own in found
    ]
    if args.format == "json":
        return writing.answer_json({"workshops": rows})
    if args.format == "csv":
        return writing.to_csv(rows, COLUMNS).rstrip()
    return writing.to_text(rows) if rows else "No workshop has been recorded there yet."


def _minutes(record: Record, args: argparse.Namespace) -> str:
    from provision.workshop.entries import RecordProblem
    from provision.workshop.minutes import minutes_docx, minutes_markdown

    kind = suffix_of(args.out, ("docx", "md"))
    writable(args.out)
    try:
        store = _store(args)
        session, entries = store.session(args.session), store.entries(args.session)
    except RecordProblem as problem:
        raise LookupError(str(problem)) from None
    given = (session, entries, record, args.address or published())
    data = minutes_docx(*given) if kind == "docx" else minutes_markdown(*given).encode()
    write_whole(args.out, data)
    return f"{display(args.out)}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'}"


def _store(args: argparse.Namespace) -> Store:
    from provision.workshop.store import Store

    return Store(args.records)


def _records(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--records",
        metavar="URL",
        help=(
            "where they are kept; default: what PROVISION_RECORDS says, else"
            " records/workshops.sqlite"
        ),
    )


def _minutes_arguments(command: argparse.ArgumentParser) -> None:
    _records(command)
    command.add_argument("--session", required=True, metavar="ID", help="as `workshops` lists it")
    command.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE",
        help="F.docx or F.md; a file that is there is replaced, whole",
    )
    command.add_argument(
        "--address",
        type=web_address,
        metavar="URL",
        help=f"where the app is served, so that links can be followed; default: {ENVIRONMENT}",
    )


COLUMNS = ("id", "name", "started", "entries", "ended", "data_version")
COMMANDS = (
    Command(
        "workshops",
        "the workshops that were recorded, the latest first",
        _workshops,
        _records,
        FORMATS,
    ),
    Command(
        "minutes",
        "the record of a workshop on one page, for Word or as Markdown",
        _minutes,
        _minutes_arguments,
    ),
)
