"""The command that looks after the records of workshops: copies, checks, and words taken out."""

from __future__ import annotations

import argparse
from pathlib import Path

from provision.commands.command import Command
from provision.io.files import DataFiles, display

_NEEDED = {
    "backup": ("out",),
    "restore": ("copy",),
    "check": (),
    "erase": ("session", "entry", "why"),
}


def _records(files: DataFiles, args: argparse.Namespace) -> str:
    from provision.workshop.entries import RecordProblem

    for name in _NEEDED[args.action]:
        if getattr(args, name) is None:
            raise LookupError(f"records {args.action} needs --{name}")
    try:
        return _ACTIONS[args.action](args)
    except RecordProblem as problem:
        raise LookupError(str(problem)) from None


def _backup(args: argparse.Namespace) -> str:
    from provision.workshop.copies import backup
    from provision.workshop.store import Store

    many = backup(Store(args.records), args.out)
    return f"{display(args.out)}: {many} {_workshops(many)}, checked"


def _restore(args: argparse.Namespace) -> str:
    from provision.exchange.hsds_import import kept_name
    from provision.workshop.copies import restore
    from provision.workshop.store import Store

    before = kept_name(args.copy.with_name(f"{args.copy.name}.before"))
    many = restore(Store(args.records), args.copy, before)
    return (
        f"{many} {_workshops(many)} from {display(args.copy)}. What was there before is in"
        f" {display(before)}."
    )


def _check(args: argparse.Namespace) -> str:
    from provision.workshop.copies import check
    from provision.workshop.store import Store

    store = Store(args.records)
    if faults := check(store):
        raise LookupError("\n".join(f"{fault}." for fault in faults))
    many = len(store.sessions())
    return f"{many} {_workshops(many)}, all whole"


def _erase(args: argparse.Namespace) -> str:
    from provision.workshop.entries import now
    from provision.workshop.erasing import erase
    from provision.workshop.store import Store

    erase(Store(args.records), args.session, args.entry, args.why, now())
    return (
        f"The words of entry {args.entry} are erased. Write its minutes again. Copies made before"
        " still hold the words: run the same for each, with --records sqlite:///COPY. A page that"
        " stands open shows them until it is loaded again."
    )


def _workshops(many: int) -> str:
    return "workshop" if many == 1 else "workshops"


_ACTIONS = {"backup": _backup, "restore": _restore, "check": _check, "erase": _erase}


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=list(_ACTIONS))
    command.add_argument("copy", nargs="?", type=Path, help="restore: a file that backup wrote")
    command.add_argument("--out", type=Path, metavar="FILE", help="backup: where it is written")
    command.add_argument("--session", metavar="ID", help="erase: as `workshops` lists it")
    command.add_argument("--entry", type=int, metavar="N", help="erase: its number in the record")
    command.add_argument("--why", metavar="TEXT", help="erase: in a few words, without the name")
    command.add_argument(
        "--records",
        metavar="URL",
        help=(
            "where they are kept; default: what PROVISION_RECORDS says, else"
            " records/workshops.sqlite"
        ),
    )


COMMANDS = (
    Command(
        "records",
        "copy, restore or check the records of workshops, or erase words from one",
        None,
        _arguments,
        run_files=_records,
    ),
)
