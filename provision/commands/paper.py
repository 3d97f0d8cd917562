"""Commands about what goes on paper: one figure, or all of them in a pack."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from provision.commands.command import Command, day
from provision.query import Query
from provision.record import Record

KINDS = ("coverage", "tiles", "gaps", "calendar", "theme", "scenario", "difference")
SIZES = ("column", "page", "slide")


def query_of(record: Record, args: argparse.Namespace) -> tuple[Query, list[str]]:
    """The view that ``--link`` or ``--file`` asks for, on the day of ``--on``, and notes on what in it could not be applied."""
    query, notes = _linked(args.link or "", record)
    if getattr(args, "file", None):
        query = _supposed(args.file, record)
    return (replace(query, on=args.on) if getattr(args, "on", None) else query), notes


def _linked(link: str, record: Record) -> tuple[Query, list[str]]:
    from urllib.parse import parse_qsl, urlsplit

    from provision.query import parse

    text = urlsplit(link).query or (link if "=" in link else "")
    return parse(dict(parse_qsl(text, keep_blank_values=True)), record)


def _supposed(file: Path, record: Record) -> Query:
    from provision.files import display
    from provision.reading import read_text
    from provision.scenarios.text import read_scenario

    default = Query.default(record)
    asked = read_scenario(read_text(file), display(file), record)
    return replace(default, scenario=asked, on=asked.on, need=asked.need or default.need)


def suffix_of(out: Path, known: tuple[str, ...]) -> str:
    """What kind of file is asked for. Raises LookupError where the name does not say."""
    found = out.suffix.removeprefix(".").lower()
    if found not in known:
        raise LookupError(f"{str(out)!r} does not say which kind of file; let it end in {' or '.join(f'.{k}' for k in known)}")
    return found


def save(out: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises LookupError, with what is wrong, where it cannot be written."""
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as part:
            part.write(content)
        whole = Path(part.name)
        try:
            whole.chmod(0o666 & ~_umask())
            whole.replace(out)
        except OSError:
            whole.unlink()
            raise
    except OSError as error:
        raise LookupError(f"{str(out)!r} cannot be written: {(error.strerror or str(error)).lower()}; choose another folder or name") from None


def writable(out: Path) -> None:
    """Raises LookupError at once, not after the work, where a file could not be written."""
    if not out.parent.is_dir():
        raise LookupError(f"{str(out)!r} cannot be written: there is no folder {str(out.parent)!r}; make it first")
    if out.is_dir():
        raise LookupError(f"{str(out)!r} is a folder; give the name of a file")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _figure(record: Record, args: argparse.Namespace) -> str:
    format = suffix_of(args.out, ("svg", "pdf", "png"))
    writable(args.out)
    if args.theme and args.view != "theme":
        raise LookupError(f"--theme goes with 'theme', not with {args.view!r}")
    query, notes = query_of(record, args)
    if args.theme:
        query = replace(query, theme=record.find_theme(args.theme).id)
    if args.view == "theme" and not query.theme:
        raise LookupError(f"which theme? Give --theme with one of: {', '.join(record.theme) or 'none, for the record has no themes'}")
    if args.view in ("scenario", "difference") and not query.scenario:
        raise LookupError("which scenario? Give --link with a link of the page What if, or --file with a scenario saved as YAML")
    from provision.paper.figures import draw
    from provision.paper.views import Kind, View, describe

    view = View(Kind(args.view), query)
    content = draw(record, view, args.size, format)  # type: ignore[arg-type]
    save(args.out, content)
    said = describe(record, view)
    return "\n".join([*notes, f"{args.out}: {said.title}, {args.size}, {len(content):,} bytes", said.sentence])


def _pack(record: Record, args: argparse.Namespace) -> str:
    suffix_of(args.out, ("zip",))
    writable(args.out)
    query, notes = query_of(record, args)
    from provision.paper.pack import pack
    from provision.paper.views import views

    content = pack(record, query, args.size, _tell if sys.stderr.isatty() else None)
    save(args.out, content)
    return "\n".join([*notes, f"{args.out}: {len(views(record, query))} figures, {args.size}, {len(content):,} bytes, data version {record.version}"])


def _tell(done: int, total: int, title: str) -> None:
    from provision.export import to_terminal

    sys.stderr.write(f"\r{done} of {total} {to_terminal(title)[:60]:60}{'' if title else chr(10)}")
    sys.stderr.flush()


def view_arguments(command: argparse.ArgumentParser) -> None:
    """The view that something is made from."""
    given = command.add_mutually_exclusive_group()
    given.add_argument("--link", metavar="QUERY", help="the query string of a link, or the whole link")
    given.add_argument("--file", type=Path, metavar="FILE", help="a scenario saved as YAML")
    command.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="in place of the day of the link, the scenario or the record")
    command.add_argument("--size", choices=SIZES, default="page", help="A4 column (85 mm), A4 full width (170 mm) or 16:9 slide; default: page")


def _figure_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("view", choices=KINDS, metavar="VIEW", help=f"one of: {', '.join(KINDS)}")
    command.add_argument("--theme", metavar="THEME", help="id or title, for instance young-women")
    view_arguments(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="its ending says which: .svg, .pdf or .png")


def _pack_arguments(command: argparse.ArgumentParser) -> None:
    view_arguments(command)
    command.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="where to write it")


COMMANDS = (
    Command("figure", "one view as a figure for print: SVG, PDF or PNG", _figure, _figure_arguments),
    Command("pack", "all views as figures with tables and captions, in one zip", _pack, _pack_arguments),
)
