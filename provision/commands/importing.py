"""The command that brings a feed of Open Referral into a region."""

from __future__ import annotations

import argparse
import shutil
from hashlib import sha256
from pathlib import Path

from provision.commands.command import Command
from provision.commands.output import writable, write_whole
from provision.io.files import DataFiles, display, there
from provision.io.folders import MATCHING, check_folder, in_zip


def _import_hsds(files: DataFiles, args: argparse.Namespace) -> str:
    from provision.exchange.hsds_import import checked, write_services
    from provision.exchange.hsds_regions import region_of
    from provision.readers.hsds import read_hsds

    if files.folder:
        check_folder(files.folder)
    out = _out(files, args)
    region = region_of(files, args.name)
    draft = read_hsds(args.file, region.matcher, region.context)
    found = checked(region.dated(draft), region.areas)
    kept = _keep(out) if there(out) and not _is_a_program_s(out, files) else None
    content = write_services(found).encode()
    write_whole(out, content)
    if not args.out:
        _remember(out, content, files)
    before = [f"The file before it is kept as {display(kept)}."] if kept else []
    return "\n".join([f"Written to {display(out)}.", *before, *(f"- {x}" for x in found.report())])


def _out(files: DataFiles, args: argparse.Namespace) -> Path:
    """Where to write. Raises LookupError where nothing says, or something stands there that is to
    stay."""
    out = args.out or _in_folder(files)
    used = [path for path in files.paths() if path.resolve() != files.services.resolve()]
    writable(out, (*used, args.file, *([] if args.replace or not args.out else [files.services])))
    if there(out) and not args.replace and not _is_a_program_s(out, files):
        raise LookupError(
            f"{display(out)} is already there and may hold what somebody completed; say --replace"
            " to put the feed in its place (the file is kept), or give another --out"
        )
    return out


def _in_folder(files: DataFiles) -> Path:
    if files.folder is None:
        raise LookupError("no place to write to; say --out FILE.yaml, or --data FOLDER of a region")
    if in_zip(files.services):
        raise LookupError(
            f"{display(files.folder)} is a zip file; unpack it, or say --out FILE.yaml"
        )
    if files.services.suffix != ".yaml":
        raise LookupError(
            f"the region keeps its services in {display(files.services)}; say --out FILE.yaml"
        )
    return files.services


def _is_a_program_s(out: Path, files: DataFiles) -> bool:
    """Whether a file is still as a program wrote it into the region's folder."""
    from provision.regions.matching_file import matching_of

    if files.folder is None or out != files.services:
        return False
    known = matching_of(files).written.get(out.name)
    return known == sha256(out.read_bytes()).hexdigest()


def _remember(out: Path, content: bytes, files: DataFiles) -> None:
    """Note in the region's folder what was written, so that a person's changes are told from it."""
    from provision.regions.matching_file import matching_of, write_matching

    matching = matching_of(files)
    sums = {**matching.written, out.name: sha256(content).hexdigest()}
    text = write_matching(matching.model_copy(update={"written": sums}))
    write_whole(out.with_name(MATCHING), text.encode())


def _keep(out: Path) -> Path:
    """Keep what stands at a path under another name, which is returned."""
    from provision.exchange.hsds_import import kept_name

    kept = kept_name(out)
    try:
        shutil.copy2(out, kept)
    except OSError as error:
        raise LookupError(
            f"{display(out)} cannot be kept as {display(kept)}: {error.strerror}; nothing was"
            " written"
        ) from None
    return kept


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
        help="where to write the services file (default: services.yaml of the region's folder)",
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
