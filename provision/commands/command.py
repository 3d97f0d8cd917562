"""What a command is, and the kinds of arguments that several commands take."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from provision.dates import month_end, parse_day
from provision.io.files import DataFiles
from provision.links.published import usable

if TYPE_CHECKING:
    from provision.location.catchment import CatchmentRule
    from provision.record import Record

if TYPE_CHECKING:
    from provision.location.problem import Objective

FORMATS = ("table", "json", "csv")


@dataclass(frozen=True)
class Command:
    """A command: what it is called, what it is for, how it takes its arguments, and what it says.
    ``run`` raises LookupError or InvalidData for what cannot be done; its message is all that the
    reader sees. A command that begins before there is a record has ``run_files`` in its place."""

    name: str
    help: str
    run: Callable[[Record, argparse.Namespace], str] | None
    arguments: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    formats: tuple[str, ...] = ()
    run_files: Callable[[DataFiles, argparse.Namespace], str] | None = None


def day(text: str) -> date:
    """A day, as an argument's type; a month is its last day, as it is in a link."""
    try:
        month = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        return month_end(parse_day(f"{text}-01")) if month else parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r} is not a day; write YYYY-MM-DD, for instance 2018-10-31"
        ) from None


def web_address(text: str) -> str:
    """Where the app is served or published, as an argument's type."""
    if not usable(text):
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r} is no address of the web; write for instance https://gaps.example.org"
        )
    return text


def reach_rule(text: str) -> CatchmentRule:
    """A reach rule, as an argument's type."""
    from provision.location.catchment import CatchmentRule

    try:
        return CatchmentRule.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no reach rule; {error}") from None


def objective(text: str) -> Objective:
    """What the best hubs are weighed by, as an argument's type."""
    from provision.location.problem import OBJECTIVES

    if text not in OBJECTIVES:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is neither areas nor women")
    return OBJECTIVES[text]


def limit(text: str) -> int:
    """How many to list, as an argument's type."""
    if not text.isdecimal() or not 1 <= int(text[:6]) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number from 1 to 10,000")
    return int(text)


def on(command: argparse.ArgumentParser) -> None:
    """The day that a command looks at."""
    command.add_argument(
        "--on", type=day, metavar="YYYY-MM-DD", help="default: the record's own date"
    )
