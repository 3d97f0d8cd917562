"""Commands about what goes to others and comes from them."""

from __future__ import annotations

import argparse
from pathlib import Path

from provision.commands.command import Command, day, web_address
from provision.commands.output import writable, write_whole
from provision.io.files import display
from provision.links.published import ENVIRONMENT, published
from provision.record import Record


def _diff(record: Record, args: argparse.Namespace) -> str:
    from dataclasses import replace

    from provision.exchange.diff import difference
    from provision.export import coverage as export
    from provision.export.versions import area_rows, difference_json, field_lines
    from provision.record import load
    from provision.text.versions import paragraph

    older = load(replace(record.files, services=args.old, themes=None, organisations=None))
    found = difference(older, record, args.on)
    if args.format == "json":
        return export.to_json(difference_json(found))
    areas = [export.to_text(area_rows(found))] if found.areas else []
    return "\n\n".join(
        [paragraph(found), *areas, *(["\n".join(field_lines(found))] if found.fields else [])]
    )


def _export_hsds(record: Record, args: argparse.Namespace) -> str:
    from provision.exchange.hsds import to_hsds
    from provision.exchange.losses import loss_lines, losses
    from provision.export import coverage as export

    if not record.services:
        raise LookupError("the record has no contracted service to export")
    writable(args.out, record.files.paths())
    url = args.url or published()
    write_whole(args.out, (export.to_json(to_hsds(record, url)) + "\n").encode())
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


def _import_hsds(record: Record, args: argparse.Namespace) -> str:
    from provision.exchange.hsds_reading import MAX_BYTES, read_hsds, write_services
    from provision.io.reading import read_text

    writable(args.out, (*record.files.paths(), args.file))
    found = read_hsds(read_text(args.file, MAX_BYTES), display(args.file), record)
    write_whole(args.out, write_services(found).encode())
    return "\n".join([f"Written to {args.out}.", *(f"- {line}" for line in found.report())])


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


def _import_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        type=Path,
        metavar="FILE.json",
        help="a page of HSDS 3 services, a list of them, or one",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE.yaml",
        help="where to write the services file",
    )


COMMANDS = (
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
    Command(
        "import-hsds",
        "a services file from HSDS 3 JSON, and what there is to complete",
        _import_hsds,
        _import_arguments,
    ),
)
