"""The command line: ``python -m provision COMMAND``. What it prints is for people and for other
programs; its forms are stable."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from provision.commands import (
    brief,
    coverage,
    exchange,
    importing,
    paper,
    records,
    region,
    room,
    scenarios,
    themes,
    workshop,
)
from provision.commands.command import Command
from provision.io.files import DataFiles
from provision.io.problems import InvalidData
from provision.links.published import fault

if TYPE_CHECKING:
    from provision.record import Record


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 invalid data or an unknown name, 2 wrong
    arguments."""
    args = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal shows what its locale can; a file or another program gets the same bytes on
            # every machine.
            stream.reconfigure(
                encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace"
            )
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has left; nothing more is to be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(args: argparse.Namespace) -> int:
    if args.command == "schema":
        return _schema(args.file)
    files = DataFiles.choose(vars(args))
    command = _COMMANDS[args.command]
    try:
        record = _record(files, args) if command.run else None
    except InvalidData as error:
        print(error, file=sys.stdout if args.command == "validate" else sys.stderr)
        return 1
    except LookupError as error:
        print(f"provision: {error.args[0]}", file=sys.stderr)
        return 1
    from provision.export.writing import to_terminal

    if told := fault():
        print(f"provision: {told}", file=sys.stderr)
    try:
        said = _said(command, record, files, args)
    except LookupError as error:
        print(f"provision: {error.args[0]}", file=sys.stderr)
        return 1
    except InvalidData as error:
        print(error, file=sys.stderr)
        return 1
    print(to_terminal(said) if getattr(args, "format", "table") == "table" else said)
    return 0


def _record(files: DataFiles, args: argparse.Namespace) -> Record:
    """The record that a command is about: the region's first, the one of ``--record``, or the one
    that the link names."""
    from provision.record import load

    first = load(files)
    if wanted := getattr(args, "record", "") or _linked(first, getattr(args, "link", None)):
        from provision.regions.beside import chosen

        return chosen(first, wanted)
    return first


def _linked(record: Record, link: str | None) -> str:
    """The id of the record that a link names, if it is one; else the link's own notes say so."""
    from provision.links.address import read_address

    if not link:
        return ""
    from provision.links.query import RECORD

    try:
        asked = read_address(link).fields.get(RECORD, "")
    except ValueError:
        return ""
    return asked if asked in [entry.id for entry in record.entries] else ""


def _said(
    command: Command, record: Record | None, files: DataFiles, args: argparse.Namespace
) -> str:
    if command.run and record:
        return command.run(record, args)
    assert command.run_files
    return command.run_files(files, args)


def _schema(name: str) -> int:
    from provision.export.writing import to_json
    from provision.schema.services import Entry, ServicesFile, json_schema
    from provision.schema.themes import OrganisationsFile, ThemesFile

    models: dict[str, type[Entry]] = {
        "services": ServicesFile,
        "themes": ThemesFile,
        "organisations": OrganisationsFile,
    }
    print(to_json(json_schema(models[name], f"{name}.yaml")))
    return 0


_COMMANDS: dict[str, Command] = {
    c.name: c
    for group in (
        coverage,
        themes,
        scenarios,
        exchange,
        importing,
        region,
        paper,
        brief,
        workshop,
        records,
        room,
    )
    for c in group.COMMANDS
}


class _LateParser(argparse.ArgumentParser):
    """A command's parser, which takes its arguments once it is the one that is asked: what some
    commands choose from takes longer to load than others to run."""

    command: Command | None = None

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        if self.command:
            command, self.command = self.command, None
            if command.formats:
                self.add_argument("--format", choices=command.formats, default="table")
            command.arguments(self)
        return super().parse_known_args(*given, **named)


# The files of a region, by the names of their options: what stands for each, and its help.
_FILES = {
    "data": (
        "FOLDER",
        "a region's folder, or a zip file of it, in place of all that follow (PROVISION_DATA)",
    ),
    "services": ("FILE", "services and their areas, YAML or workbook"),
    "boundaries": ("FILE", "areas, GeoJSON in WGS84 with 'code' and 'name'"),
    "figures": ("FILE", "figures for each area, CSV with a YAML description beside it"),
    "neighbours": ("FILE", "neighbour pairs, CSV"),
    "record": ("ID", "one of the region's records (default: the first, or --link's)"),
    "themes": ("FILE", "what is said theme by theme, YAML"),
    "organisations": ("FILE", "who is engaged, YAML"),
}


def _parser() -> argparse.ArgumentParser:
    files = _LateParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = files.add_argument_group(
        "data (London's own where not given; environment: PROVISION_SERVICES, PROVISION_BOUNDARIES,"
        " ...)"
    )
    for name, (metavar, words) in _FILES.items():
        group.add_argument(f"--{name}", metavar=metavar, help=words)
    parser = argparse.ArgumentParser(
        prog="python -m provision",
        description="Coverage and gaps of contracted women's services.",
        parents=[files],
    )
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_LateParser)
    for command in _COMMANDS.values():
        own = commands.add_parser(
            command.name, help=command.help, description=command.help, parents=[files]
        )
        own.command = command
    schema = commands.add_parser("schema", help="print the JSON Schema of a file of the data")
    schema.add_argument(
        "file", nargs="?", choices=("services", "themes", "organisations"), default="services"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
