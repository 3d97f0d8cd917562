"""Commands about what goes to others and comes from them."""

from __future__ import annotations

import argparse
from pathlib import Path

from provision.commands.command import Command, day
from provision.record import Record


def _diff(record: Record, args: argparse.Namespace) -> str:
    from dataclasses import replace

    from provision import export
    from provision.exchange.diff import difference
    from provision.exchange.export import area_rows, difference_json, field_lines
    from provision.exchange.sentences import paragraph
    from provision.record import load

    older = load(replace(record.files, services=args.old, themes=None, organisations=None))
    found = difference(older, record, args.on)
    if args.format == "json":
        return export.to_json(difference_json(found))
    areas = [export.to_text(area_rows(found))] if found.areas else []
    return "\n\n".join([paragraph(found), *areas, *(["\n".join(field_lines(found))] if found.fields else [])])


def _diff_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", type=Path, metavar="OLD.yaml", help="services as they were said to be")
    # The newer version is the record that the command is about; the other files of the region are those of --boundaries and so on.
    command.add_argument("services", metavar="NEW.yaml", help="services as they are said to be now")
    command.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="look at both on this day (default: each on its own date)")


COMMANDS = (Command("diff", "what changed between two versions of a services file: gained, lost, changed", _diff, _diff_arguments, ("table", "json")),)
