"""Commands about the briefing: as a Word document or as slides, and its tables as a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import Command
from provision.commands.output import suffix_of, writable, write_whole
from provision.commands.paper import query_of, view_arguments

if TYPE_CHECKING:
    from provision.record import Record

TABLES = ("everything", "coverage", "gaps", "themes", "scenario")


def _brief(record: Record, args: argparse.Namespace) -> str:
    kind = suffix_of(args.out, ("docx", "pptx"))
    writable(args.out)
    query, notes = query_of(record, args)
    from provision.paper.brief_docx import brief_docx
    from provision.paper.brief_pptx import brief_pptx

    if args.template:
        suffix_of(args.template, (kind,))
    make = brief_docx if kind == "docx" else brief_pptx
    content = make(record, query.printed(), args.template)
    write_whole(args.out, content)
    return "\n".join([*notes, f"{args.out}: {len(content):,} bytes, data version {record.version}"])


def _tables(record: Record, args: argparse.Namespace) -> str:
    suffix_of(args.out, ("xlsx",))
    writable(args.out)
    query, notes = query_of(record, args)
    from provision.paper.sheets import workbook
    from provision.paper.tables import tables

    found = tables(record, query.printed())
    if args.tables != "everything" and args.tables not in found:
        raise LookupError(f"there is no table of {args.tables!r} here: {_lacking(args.tables)}")
    chosen = [
        table
        for name, group in found.items()
        if args.tables in ("everything", name)
        for table in group
    ]
    write_whole(args.out, workbook(record, query.printed(), chosen))
    return "\n".join(
        [
            *notes,
            (
                f"{args.out}: {', '.join(table.name for table in chosen)}; data version"
                f" {record.version}"
            ),
        ]
    )


def _lacking(name: str) -> str:
    return "give --link or --file with a scenario" if name == "scenario" else "the record has none"


def _brief_arguments(command: argparse.ArgumentParser) -> None:
    view_arguments(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="its ending says which: .docx (Word) or .pptx (slides)",
    )
    command.add_argument(
        "--template",
        type=Path,
        metavar="FILE",
        help="your organisation's own document or slides, whose styles or layouts are used",
    )


def _tables_arguments(command: argparse.ArgumentParser) -> None:
    view_arguments(command)
    command.add_argument(
        "--tables", choices=TABLES, default="everything", help="which (default: everything)"
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE.xlsx", help="where to write it"
    )


COMMANDS = (
    Command(
        "brief", "the briefing on a view: a Word document, or slides", _brief, _brief_arguments
    ),
    Command("tables", "the tables of a view as a workbook with notes", _tables, _tables_arguments),
)
