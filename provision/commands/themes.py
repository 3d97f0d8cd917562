"""Commands about the themes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from provision.commands.command import FORMATS, Command, on

if TYPE_CHECKING:
    from provision.record import Record


def _themes(record: Record, args: argparse.Namespace) -> str:
    from provision.export import themes as theme_export
    from provision.export import writing
    from provision.text.themes import themes_heading

    on = args.on or record.default_date
    if args.format == "json":
        return writing.answer_json(theme_export.theme_json(record, on))
    rows = theme_export.theme_rows(record, on)
    return (
        writing.to_csv(rows, theme_export.THEME_COLUMNS).rstrip()
        if args.format == "csv"
        else f"{themes_heading(record, on)}\n\n{writing.to_text(rows)}"
    )


def _intersect(record: Record, args: argparse.Namespace) -> str:
    from provision.export import together, writing
    from provision.text.together import beside_sentences

    on, themes = (
        args.on or record.default_date,
        list(dict.fromkeys(record.find_theme(text).id for text in args.theme)),
    )
    if args.format == "csv":
        return writing.to_csv(together.intersect_rows(record, themes, on)).rstrip()
    found = together.intersect_json(record, themes, on)
    if args.format == "json":
        return writing.answer_json(found)
    said = [
        found["sentence"],
        found["lacking"],
        *beside_sentences(record, themes),
        found["every_theme"],
    ]
    return "\n".join(said) + f"\n\n{writing.to_text(together.intersect_rows(record, themes, on))}"


def _intersect_arguments(command: argparse.ArgumentParser) -> None:
    on(command)
    command.add_argument(
        "theme", metavar="THEME", nargs="+", help="id or title, for instance young-women"
    )


COMMANDS = (
    Command(
        "themes",
        "what is said of provision for every theme, worst first, and which areas contracts reach",
        _themes,
        on,
        FORMATS,
    ),
    Command(
        "intersect",
        "areas where contracts cover all, some or none of several themes",
        _intersect,
        _intersect_arguments,
        FORMATS,
    ),
)
