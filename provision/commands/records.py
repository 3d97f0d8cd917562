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
    "erase": ("session", "why"),
    "expire": (),
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
    from provision.workshop.erasing import erase, erase_beginning
    from provision.workshop.store import Store

    if args.beginning:
        erase_beginning(Store(args.records), args.session, args.why, now())
        what = "The name of the workshop and the words of its story"
    elif args.entry is not None:
        erase(Store(args.records), args.session, args.entry, args.why, now())
        what = f"The words of entry {args.entry}"
    else:
        raise LookupError("records erase needs --entry, or --beginning")
    return (
        f"{what} are erased. Write its minutes again. Copies made before"
        " still hold the words: run the same for each, with --records sqlite:///COPY. A page that"
        " stands open shows them until it is loaded again."
    )


def _expire(args: argparse.Namespace) -> str:
    from provision.workshop.entries import now
    from provision.workshop.retention import ENVIRONMENT, expire, kept_for
    from provision.workshop.store import Store

    if (days := args.days or kept_for()) is None:
        raise LookupError(f"records expire needs --days, or {ENVIRONMENT}")
    many = expire(Store(args.records), days, now())
    return f"{many} {_workshops(many)} erased in which nothing had happened for {days} days"


def _workshops(many: int) -> str:
    return "workshop" if many == 1 else "workshops"


_ACTIONS = {
    "backup": _backup,
    "restore": _restore,
    "check": _check,
    "erase": _erase,
    "expire": _expire,
}


def _days(text: str) -> int:
    from provision.workshop.entries import RecordProblem
    from provision.workshop.retention import ENVIRONMENT, kept_for

    try:
        return kept_for({ENVIRONMENT: text}) or 0
    except RecordProblem:
        raise argparse.ArgumentTypeError("write a whole number of days, at least 1") from None


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=list(_ACTIONS))
    command.add_argument("copy", nargs="?", type=Path, help="restore: a file that backup wrote")
    command.add_argument("--out", type=Path, metavar="FILE", help="backup: where it is written")
    command.add_argument("--session", metavar="ID", help="erase: as `workshops` lists it")
    command.add_argument("--entry", type=int, metavar="N", help="erase: its number in the record")
    command.add_argument(
        "--beginning",
        action="store_true",
        help="erase: the workshop's name and the words of its story, in place of an entry",
    )
    command.add_argument(
        "--days", type=_days, metavar="N", help="expire: for how long they are kept"
    )
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
