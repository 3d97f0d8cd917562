"""Commands about what goes to others and comes from them."""

from __future__ import annotations

import argparse
from pathlib import Path

from provision.commands.command import Command, day, web_address
from provision.commands.output import suffix_of, writable, write_whole
from provision.links.published import ENVIRONMENT, published
from provision.record import Record


def _diff(record: Record, args: argparse.Namespace) -> str:
    from dataclasses import replace

    from provision.exchange.diff import difference
    from provision.export import writing
    from provision.export.versions import area_rows, difference_json, field_lines
    from provision.record import load
    from provision.text.versions import paragraph

    older = load(replace(record.files, services=args.old, themes=None, organisations=None))
    found = difference(older, record, args.on)
    if args.format == "json":
        return writing.answer_json(difference_json(found))
    areas = [writing.to_text(area_rows(found))] if found.areas else []
    return "\n\n".join(
        [paragraph(found), *areas, *(["\n".join(field_lines(found))] if found.fields else [])]
    )


def _export_hsds(record: Record, args: argparse.Namespace) -> str:
    from provision.exchange.hsds import to_hsds
    from provision.exchange.losses import loss_lines, losses
    from provision.export import writing

    if not record.services:
        raise LookupError("the record has no contracted service to export")
    writable(args.out, record.files.paths())
    url = args.url or published()
    write_whole(args.out, (writing.to_json(to_hsds(record, url)) + "\n").encode())
    without = (
        []
        if url
        else [
            "services url: asked for by the UK profile, and not in the record; --url or"
            f" {ENVIRONMENT} says where these pages are."
        ]
    )
    count = (
        f"{len(record.services)} services written to {args.out}, without contacts, telephone"
        " numbers and addresses."
    )
    return "\n".join(
        [
            count,
            "What the standard cannot hold:",
            *(f"- {line}" for line in [*loss_lines(losses(record)), *without]),
        ]
    )


def _workbook(record: Record, args: argparse.Namespace) -> str:
    from provision.exchange.workbook import WorkbookArea, write_workbook

    suffix_of(args.out, ("xlsx",))
    writable(args.out, record.files.paths())
    areas = [WorkbookArea(area.code, area.name) for area in record.areas]
    write_whole(args.out, write_workbook(record.file, areas, record.version))
    return (
        f"{len(record.services)} services written to {args.out}. Edit it in a spreadsheet program;"
        f" then look at it with: python -m provision --services {args.out} validate"
    )


def _workbook_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE.xlsx", help="where to write it"
    )


def _diff_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "old", type=Path, metavar="OLD.yaml", help="services as they were said to be"
    )
    # The newer version is the record that the command is about; the other files of the region are
    # those of --boundaries and so on.
    command.add_argument("services", metavar="NEW.yaml", help="services as they are said to be now")
    command.add_argument(
        "--on",
        type=day,
        metavar="YYYY-MM-DD",
        help="look at both on this day (default: each on its own date)",
    )


def _export_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE.json", help="where to write it"
    )
    command.add_argument(
        "--url",
        type=web_address,
        metavar="URL",
        help=(
            f"where the explorer is, for the address of each service there; default: {ENVIRONMENT}"
        ),
    )


COMMANDS = (
    Command(
        "workbook",
        "the record as a workbook that a person can edit, and that --services reads",
        _workbook,
        _workbook_arguments,
    ),
    Command(
        "diff",
        "what changed between two versions of a services file: gained, lost, changed",
        _diff,
        _diff_arguments,
        ("table", "json"),
    ),
    Command(
        "export-hsds",
        "the services as HSDS 3 JSON for Open Referral UK, and what that cannot hold",
        _export_hsds,
        _export_arguments,
    ),
)
