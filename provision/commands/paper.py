"""Commands about what goes on paper: one figure, or all of them in a pack."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import Command, day
from provision.commands.output import suffix_of, writable, write_whole
from provision.io.problems import shown

if TYPE_CHECKING:
    from provision.links.query import Query
    from provision.record import Record


def query_of(record: Record, args: argparse.Namespace) -> tuple[Query, list[str]]:
    """The view that ``--link`` or ``--file`` asks for, on the day of ``--on``, and notes on what in
    it could not be applied."""
    from provision.links.query import Query, parse_link

    query, notes = parse_link(args.link or "", record)
    if args.link and not notes and query == Query.default(record):
        notes = [f"The link {shown(args.link)} asks for nothing else than what the app opens on."]
    if getattr(args, "file", None):
        query = _supposed(args.file, record)
    return (replace(query, on=args.on) if getattr(args, "on", None) else query), notes


def _supposed(file: Path, record: Record) -> Query:
    from provision.io.files import display
    from provision.io.reading import read_text
    from provision.links.query import Query
    from provision.links.scenario_file import read_scenario

    default = Query.default(record)
    asked = read_scenario(read_text(file), display(file), record)
    return replace(default, scenario=asked, on=asked.on, need=asked.need or default.need)


def _figure(record: Record, args: argparse.Namespace) -> str:
    format = suffix_of(args.out, ("svg", "pdf", "png"))
    writable(args.out)
    if args.theme and args.view != "theme":
        raise LookupError(f"--theme goes with 'theme', not with {args.view!r}")
    query, notes = query_of(record, args)
    if args.theme:
        query = replace(query, theme=record.find_theme(args.theme).id)
    if args.view == "theme" and not query.theme:
        aside = f". What was given: {' '.join(notes)}" if notes else ""
        raise LookupError(
            "which theme? Give --theme with one of:"
            f" {', '.join(record.themes_by_id) or 'none, for the record has no themes'}{aside}"
        )
    if args.view in ("scenario", "difference") and not query.scenario:
        aside = f" What was given: {' '.join(notes)}" if notes else ""
        raise LookupError(
            "which scenario? Give --link with a link of the page What if, or --file with a"
            f" scenario saved as YAML.{aside}"
        )
    from provision.paper.figures import draw
    from provision.paper.then_and_now import steps
    from provision.paper.view import Kind, View
    from provision.paper.views import chosen, describe, not_shown

    view = View(Kind(args.view), query)
    if view.kind is Kind.THEN_AND_NOW and not steps(record):
        raise LookupError("the region has no further record to set beside this one")
    if query.figure.startswith(f"{view.id}-"):
        view = chosen(record, query)
    notes = [*notes, *not_shown(record, view)]
    size = args.size or query.size
    content = draw(record, view, size, format)  # type: ignore[arg-type]
    write_whole(args.out, content)
    said = describe(record, view)
    return "\n".join(
        [*notes, f"{args.out}: {said.title}, {size}, {len(content):,} bytes", said.sentence]
    )


def _pack(record: Record, args: argparse.Namespace) -> str:
    suffix_of(args.out, ("zip",))
    writable(args.out)
    query, notes = query_of(record, args)
    from provision.paper.pack import pack
    from provision.paper.views import views

    size = args.size or query.size
    content = pack(record, query.printed(), size, _tell if sys.stderr.isatty() else None)
    write_whole(args.out, content)
    return "\n".join(
        [
            *notes,
            (
                f"{args.out}: {len(views(record, query))} figures, {size}, {len(content):,} bytes,"
                f" data version {record.version}"
            ),
        ]
    )


def _tell(done: int, total: int, title: str) -> None:
    from provision.export.writing import to_terminal

    sys.stderr.write(f"\r{done} of {total} {to_terminal(title)[:60]:60}{'' if title else chr(10)}")
    sys.stderr.flush()


def view_arguments(command: argparse.ArgumentParser) -> None:
    """The view that something is made from."""
    given = command.add_mutually_exclusive_group()
    given.add_argument(
        "--link", metavar="QUERY", help="the query string of a link, or the whole link"
    )
    given.add_argument("--file", type=Path, metavar="FILE", help="a scenario saved as YAML")
    command.add_argument(
        "--on",
        type=day,
        metavar="YYYY-MM-DD",
        help="in place of the day of the link, the scenario or the record",
    )


def _size(command: argparse.ArgumentParser) -> None:
    from provision.links.query import SIZES

    command.add_argument(
        "--size",
        choices=SIZES,
        help=(
            "A4 column (85 mm), A4 full width (170 mm) or 16:9 slide; default: that of the link,"
            " else page"
        ),
    )


def _figure_arguments(command: argparse.ArgumentParser) -> None:
    from provision.links.query import FIGURES

    kinds = tuple(figure for figure in FIGURES if "-" not in figure)
    command.add_argument("view", choices=kinds, metavar="VIEW", help=f"one of: {', '.join(kinds)}")
    command.add_argument("--theme", metavar="THEME", help="id or title, for instance young-women")
    view_arguments(command)
    _size(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="FILE",
        help="its ending says which: .svg, .pdf or .png",
    )


def _pack_arguments(command: argparse.ArgumentParser) -> None:
    view_arguments(command)
    _size(command)
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE.zip", help="where to write it"
    )


COMMANDS = (
    Command(
        "figure", "one view as a figure for print: SVG, PDF or PNG", _figure, _figure_arguments
    ),
    Command(
        "pack", "all views as figures with tables and captions, in one zip", _pack, _pack_arguments
    ),
)
