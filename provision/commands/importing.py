"""The command that brings a feed of Open Referral into a region."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from provision.commands.command import Command
from provision.commands.output import writable, write_whole
from provision.io.files import DataFiles, display, there


def _import_hsds(files: DataFiles, args: argparse.Namespace) -> str:
    from provision.exchange.hsds_import import checked, region_context, write_services
    from provision.io.boundaries import read_boundaries
    from provision.readers.hsds import read_hsds

    out = _out(files, args)
    areas = read_boundaries(files.boundaries)
    matcher, context = region_context(areas, _region_block(files, args.name))
    found = checked(read_hsds(args.file, matcher, context), areas)
    kept = _keep(out) if there(out) else None
    write_whole(out, write_services(found).encode())
    before = [f"The file before it is kept as {display(kept)}."] if kept else []
    return "\n".join([f"Written to {display(out)}.", *before, *(f"- {x}" for x in found.report())])


def _out(files: DataFiles, args: argparse.Namespace) -> Path:
    """Where to write. Raises LookupError where nothing says, or something stands there that is to stay."""
    given = args.out or (files.services if getattr(args, "data", None) else None)
    if given is None:
        raise LookupError("no place to write to; say --out FILE.yaml, or --data FOLDER of a region")
    out = Path(given)
    used = [path for path in files.paths() if path.resolve() != files.services.resolve()]
    writable(out, (*used, args.file, *([] if args.replace else [files.services])))
    if there(out) and not args.replace:
        raise LookupError(
            f"{display(out)} is already there and may hold what somebody completed; say --replace"
            " to put the feed in its place (the file is kept), or give another --out"
        )
    return out


def _keep(out: Path) -> Path:
    from provision.exchange.hsds_import import kept_name

    kept = kept_name(out)
    try:
        shutil.copy2(out, kept)
    except OSError as error:
        raise LookupError(
            f"{display(out)} cannot be kept as {display(kept)}: {error.strerror}; nothing was written"
        ) from None
    return kept


def _region_block(files: DataFiles, name: str | None) -> dict[str, Any]:
    """The region's own words, from its services file where there is one that is of these outlines."""
    from provision.io.reading import read_text, read_yaml

    london = DataFiles.london()
    others = files.services == london.services and files.boundaries != london.boundaries
    block: Any = None
    if there(files.services) and not others:
        data = read_yaml(read_text(files.services), display(files.services)).data
        block = data.get("region") if isinstance(data, dict) else None
    words = {k: v for k, v in block.items() if _is_word(k, v)} if isinstance(block, dict) else {}
    return {"name": _name(files.boundaries), **words, **({"name": name} if name else {})}


def _is_word(key: str, value: Any) -> bool:
    wanted = {"name_variants": dict, "owner": dict, "scope_minimum_age": int}
    return isinstance(value, wanted.get(key, str))


def _name(boundaries: Path) -> str:
    """What to call a region of which only the outlines are there: their folder, or their file."""
    own = boundaries.stem if boundaries.stem != "boundaries" else boundaries.resolve().parent.name
    return own.replace("_", " ").replace("-", " ").strip().title() or "not stated"


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        type=Path,
        metavar="FEED",
        help="JSON or CSV of HSDS, a folder or zip of pages or tables, or a datapackage.json",
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="FILE.yaml",
        help="where to write the services file (default: services.yaml of the --data folder)",
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="write over a services file that is there; it is kept beside it as services.yaml.1",
    )
    command.add_argument("--name", help="what the region is called, where no file says")


COMMANDS = (
    Command(
        "import-hsds",
        "a services file for a region from an Open Referral feed, and what there is to complete",
        None,
        _arguments,
        run_files=_import_hsds,
    ),
)
