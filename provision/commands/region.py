"""Commands that make, check and pack the folder of a region."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import Command
from provision.io.files import DataFiles, display
from provision.io.problems import shown

if TYPE_CHECKING:
    from provision.record import Record
    from provision.regions.made import RegionInputs


def _run(_: DataFiles, args: argparse.Namespace) -> str:
    run = {"new": _new, "check": _check, "zip": _zip}[args.action]
    return run(args)


def _new(args: argparse.Namespace) -> str:
    from provision.io.folders import FILES, MATCHING
    from provision.regions.folder_writing import write_region
    from provision.regions.made import make_region
    from provision.regions.matching_file import Matching, read_matching

    folder: Path = args.folder
    if folder.exists() and not folder.is_dir():
        raise LookupError(f"{display(folder)} is a file; give the name of a folder")
    path = folder / MATCHING
    before = read_matching(path).answered() if path.exists() else Matching()
    made = make_region(_inputs(args), folder.resolve().name, before)
    files = dict(made.files)
    if not args.services_files and any((folder / name).exists() for name in FILES["services"]):
        del files["services.yaml"]
    written = write_region(folder, files, made.matching, args.replace)
    lines = [*_said(made.notes), *_matched(made.unmatched, folder), *_kept(written.kept)]
    first = f"Written to {display(folder)}: {', '.join(written.files)}."
    return "\n".join([first, *lines, *_open(written.record)])


def _inputs(args: argparse.Namespace) -> RegionInputs:
    from provision.readers.outline_projection import Axes
    from provision.readers.outlines import OutlineOptions
    from provision.regions.input_files import InputFile
    from provision.regions.made import RegionInputs

    options = OutlineOptions(
        code_field=args.code_field,
        name_field=args.name_field,
        layer=args.layer,
        crs=args.crs,
        axes=Axes(args.axes),
    )
    return RegionInputs(
        InputFile.at(args.boundaries_file),
        date.today(),
        services=tuple(map(InputFile.at, args.services_files)),
        figures=tuple(map(InputFile.at, args.figures_files)),
        neighbours=InputFile.at(args.neighbours_file) if args.neighbours_file else None,
        options=options,
        figure_columns=tuple(args.column),
        name=args.name,
        area=args.area,
        areas=args.areas,
    )


def _said(notes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What there is to say of each file."""
    for name, lines in notes.items():
        if lines:
            yield from ("", f"{name}:", *(f"- {line}" for line in lines))


def _matched(unmatched: Mapping[str, str | None], folder: Path) -> Iterator[str]:
    """What matched no area, beside what is proposed, and where to answer."""
    if not unmatched:
        return
    yield ""
    yield f"To match, in {display(folder / 'matching.yaml')} below 'unmatched' (or write ignore):"
    for text, official in unmatched.items():
        yield f"- {shown(text)}: " + (
            f"did you mean {official}?" if official else "nothing is near"
        )


def _kept(kept: Mapping[str, str]) -> Iterator[str]:
    for name, other in kept.items():
        yield f"{name} as it was before is kept as {other}."


def _open(record: Record) -> Iterator[str]:
    """What to complete."""
    from provision.regions.completion import open_questions

    questions = open_questions(record)
    if questions:
        words = record.file.region
        yield ""
        yield f"To complete, with the number of {words.areas} that each holds open:"
        yield from (f"- {question.line(words.area, words.areas)}" for question in questions)


def _check(args: argparse.Namespace) -> str:
    from provision.regions.area_matching import AreaMatcher
    from provision.regions.folder_writing import load_folder
    from provision.regions.matching_file import matching_of

    record = load_folder(args.folder)
    unmatched = matching_of(record.files).unmatched
    region = record.file.region
    first = f"{display(args.folder)}: {len(record.areas):,} {region.areas}, "
    first += f"{len(record.services):,} services; no problems."
    lines = [first, *(f"- {note}" for note in record.notes)]
    matcher = AreaMatcher(record.areas, region.name_variants, [region.name])
    open_texts = [text for text, said in unmatched.items() if not said]
    texts = {text: matcher.match(text).suggestion for text in open_texts}
    return "\n".join([*lines, *_matched(texts, args.folder), *_open(record)])


def _zip(args: argparse.Namespace) -> str:
    from provision.commands.output import suffix_of, writable, write_whole
    from provision.regions.folder_writing import load_folder
    from provision.regions.packing import packed_files, zipped

    suffix_of(args.out, ("zip",))
    record = load_folder(args.folder)
    writable(args.out, record.files.paths())
    files = packed_files(record)
    write_whole(args.out, zipped(files, args.folder.resolve().stem))
    return f"Written to {display(args.out)}: {', '.join(sorted(files))}."


def _arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(dest="action", required=True)
    new = actions.add_parser("new", help="make a folder from outlines, or bring in newer files")
    new.add_argument("folder", type=Path, metavar="FOLDER")
    _outline_arguments(new)
    _other_arguments(new)
    check = actions.add_parser("check", help="say all that is wrong, and what to complete")
    check.add_argument("folder", type=Path, metavar="FOLDER", help="or a zip file of one")
    pack = actions.add_parser("zip", help="pack a folder into one file")
    pack.add_argument("folder", type=Path, metavar="FOLDER")
    pack.add_argument("--out", type=Path, required=True, metavar="FILE.zip")


def _outline_arguments(new: argparse.ArgumentParser) -> None:
    new.add_argument(
        "--boundaries",
        dest="boundaries_file",
        type=Path,
        required=True,
        metavar="FILE",
        help="outlines: GeoJSON, TopoJSON, GeoPackage, zipped Shapefile, KML, FlatGeobuf, GML ...",
    )
    new.add_argument("--code-field", metavar="COLUMN", help="of codes ('' where there are none)")
    new.add_argument("--name-field", metavar="COLUMN", help="of names")
    new.add_argument("--layer", metavar="NAME", help="where the file has several")
    new.add_argument("--crs", metavar="EPSG:N", help="the projection, where the file is wrong")
    new.add_argument(
        "--axes",
        choices=("ask", "keep", "swap"),
        default="ask",
        help="whether to swap latitude and longitude (default: ask if they seem swapped)",
    )


def _other_arguments(new: argparse.ArgumentParser) -> None:
    new.add_argument(
        "--services",
        dest="services_files",
        type=Path,
        nargs="+",
        default=(),
        metavar="FILE",
        help="lists (CSV, .xlsx), a record (YAML) or Open Referral feeds",
    )
    new.add_argument(
        "--figures",
        dest="figures_files",
        type=Path,
        nargs="+",
        default=(),
        metavar="FILE",
        help="tables with a code or a name for each area",
    )
    new.add_argument(
        "--column", action="append", default=[], metavar="HEADING", help="of figures (repeat it)"
    )
    new.add_argument(
        "--neighbours", dest="neighbours_file", type=Path, metavar="FILE", help="a published list"
    )
    new.add_argument("--name", help="what the region is called (default: as the folder)")
    new.add_argument("--area", metavar="WORD", help="for one area: district, ward")
    new.add_argument("--areas", metavar="WORD", help="for several: districts, wards")
    new.add_argument(
        "--replace",
        action="store_true",
        help="write over files that a person changed; they are kept, as services.yaml.1",
    )


COMMANDS = (
    Command(
        "region",
        "make, check or pack a region's folder from the files that people have",
        None,
        _arguments,
        run_files=_run,
    ),
)
