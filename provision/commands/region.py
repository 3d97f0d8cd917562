"""Commands that make, check and pack the folder of a region."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from provision.commands.command import Command
from provision.io.files import DataFiles, display


def _run(_: DataFiles, args: argparse.Namespace) -> str:
    run = {"new": _new, "check": _check, "zip": _zip}[args.action]
    return run(args)


def _new(args: argparse.Namespace) -> str:
    from provision.io.folders import MATCHING
    from provision.regions.folder_writing import write_region
    from provision.regions.made import make_region
    from provision.regions.matching_file import Matching, read_matching

    folder: Path = args.folder
    if folder.exists() and not folder.is_dir():
        raise LookupError(f"{display(folder)} is a file; give the name of a folder")
    path = folder / MATCHING
    before = read_matching(path) if path.exists() else Matching()
    made = make_region(_inputs(args), folder.resolve().name, before)
    files = dict(made.files)
    if not args.services_files and (folder / "services.yaml").exists():
        del files["services.yaml"]
    written = write_region(folder, files, made.matching, args.replace)
    lines = [*_said(made.notes), *_matched(made.unmatched, folder), *_kept(written.kept)]
    first = f"Written to {display(folder)}: {', '.join(written.files)}."
    return "\n".join([first, *lines, *_open(written.record)])
