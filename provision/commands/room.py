"""The command that begins a workshop which phones can join."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import Command
from provision.room.network import ENVIRONMENT

if TYPE_CHECKING:
    from provision.record import Record

_NO_NETWORK = (
    "This machine is on no network, so phones cannot reach it. Join the room's network and run this"
    f" again, or write the address that phones can open in {ENVIRONMENT}."
)


def _room(record: Record, args: argparse.Namespace) -> str:
    from provision.room.codes import room_code
    from provision.room.network import room_address
    from provision.workshop.entries import Kind, RecordProblem
    from provision.workshop.store import Store
    from provision.workshop.story import default_story, read_story, write_story

    try:
        story = default_story(record)
        if args.story:
            text = args.story.read_text(encoding="utf-8")
            story = read_story(text, args.story.name, record)
        store = Store(args.records)
        name = args.name or story.name or "Workshop"
        session = args.session or store.start(name, write_story(story), record.version)
        store.add(session, Kind.ADMITTED, {"open": True})
        store.close()
    except (RecordProblem, OSError, UnicodeDecodeError) as problem:
        raise LookupError(str(problem)) from None
    code, address = room_code(session), room_address("", args.port)
    lines = [
        f"Facilitator, on this machine: http://localhost:{args.port}/present?session={session}",
        f"Phones: {address}room/{code}" if address else _NO_NETWORK,
        f"Code: {code}",
    ]
    return "\n".join(lines)


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", default="", help="what the workshop is called")
    command.add_argument(
        "--story", type=Path, metavar="FILE", help="a story file, as the desk keeps it"
    )
    command.add_argument(
        "--session", metavar="ID", help="go on with a workshop, as `workshops` lists it"
    )
    command.add_argument("--port", type=int, default=8501, help="the app's; default: 8501")
    command.add_argument(
        "--records",
        metavar="URL",
        help=(
            "where records are kept; default: what PROVISION_RECORDS says, else"
            " records/workshops.sqlite"
        ),
    )


COMMANDS = (
    Command(
        "room",
        "begin a workshop that phones can join, and print its addresses and code",
        _room,
        _arguments,
    ),
)
