"""Commands about what goes to others and comes from them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import FORMATS, Command, day, web_address
from provision.commands.output import suffix_of, writable, write_whole
from provision.io.files import DataFiles
from provision.links.published import ENVIRONMENT, published

if TYPE_CHECKING:
    from provision.coverage.then_and_now import ThenAndNow
    from provision.record import Record

_OTHER_AREAS = "the two are not about the same areas; give records that share their outlines"


def _diff(files: DataFiles, args: argparse.Namespace) -> str:
    from provision.coverage.then_and_now import then_and_now
    from provision.exchange.diff import AreaChange, difference
    from provision.export import writing
    from provision.export.then_and_now import pair_json
    from provision.export.versions import area_rows, difference_json, field_lines
    from provision.text.versions import paragraph

    older, newer = _version(args, args.old), _version(args, args.new)
    if list(older.row_of) != list(newer.row_of):
        raise LookupError(_OTHER_AREAS)
    found, beside = difference(older, newer, args.on), then_and_now([older, newer], args.on)
    if args.format == "json":
        return writing.answer_json({**difference_json(found), **pair_json(beside, (0, 1))})
    rows = area_rows(found)
    if _is_folder(args.old) or _is_folder(args.new):
        other = [row for row in rows if row["change"] != AreaChange.CHANGED]
        return "\n\n".join(["\n".join(_side_by_side(beside, (0, 1))), writing.to_text(other)])
    areas = [writing.to_text(rows)] if rows else []
    return "\n\n".join(
        [paragraph(found), *areas, *(["\n".join(field_lines(found))] if found.fields else [])]
    )


def _version(args: argparse.Namespace, given: Path) -> Record:
    """One of two versions: a region's folder, or a services file of the region that the other
    arguments name."""
    from provision.record import load

    if _is_folder(given):
        return load(DataFiles.in_folder(given))
    return load(DataFiles.choose({**vars(args), "services": str(given)}))


def _is_folder(given: Path) -> bool:
    """Whether a region's folder is given, or a zip file of one."""
    return given.is_dir() or given.suffix == ".zip"


def _side_by_side(found: ThenAndNow, pair: tuple[int, int]) -> list[str]:
    from provision.text.then_and_now import caution_sentences, sentences

    return [*sentences(found, pair), *(f"- {line}" for line in caution_sentences(found, pair))]


def _then_and_now(files: DataFiles, args: argparse.Namespace) -> str:
    from provision.coverage.then_and_now import then_and_now
    from provision.export import writing
    from provision.export.then_and_now import then_and_now_json, then_and_now_rows
    from provision.text.then_and_now import silence_sentences, stretch_sentence

    records = [_version(args, folder) for folder in args.folders]
    if not records:
        from provision.record import load
        from provision.regions.beside import beside

        records = list(beside(load(files)))
    if any(list(record.row_of) != list(records[0].row_of) for record in records):
        raise LookupError(_OTHER_AREAS)
    if len(records) < 2:
        raise LookupError("one record is nothing to set side by side; give two folders or more")
    found = then_and_now(records, args.on)
    if args.format == "json":
        return writing.answer_json(then_and_now_json(found))
    rows = then_and_now_rows(found)
    if args.format == "csv":
        return writing.to_csv(rows).rstrip()
    said = ["\n".join(_side_by_side(found, pair)) for pair in found.steps]
    times = [stretch_sentence(found, own) for own in found.stretches]
    return "\n\n".join([*said, "\n".join([*times, *silence_sentences(found)])])


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
        "old", type=Path, metavar="OLD", help="services as they were said to be: YAML, or a folder"
    )
    # Of a services file, the other files of the region are those of --boundaries and so on.
    command.add_argument("new", type=Path, metavar="NEW", help="as they are said to be now")
    _on_both(command)


def _then_and_now_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folders",
        type=Path,
        nargs="*",
        metavar="FOLDER",
        help="two or more, oldest first (default: the region's own records)",
    )
    _on_both(command)


def _on_both(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--on",
        type=day,
        metavar="YYYY-MM-DD",
        help="look at all on this day (default: each on its own date)",
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
        "what changed between two versions of a services file, or two folders: gained, lost ...",
        None,
        _diff_arguments,
        ("table", "json"),
        run_files=_diff,
    ),
    Command(
        "then-and-now",
        "records of the same areas side by side: who had a service then and who has one now",
        None,
        _then_and_now_arguments,
        FORMATS,
        run_files=_then_and_now,
    ),
    Command(
        "export-hsds",
        "the services as HSDS 3 JSON for Open Referral UK, and what that cannot hold",
        _export_hsds,
        _export_arguments,
    ),
)
