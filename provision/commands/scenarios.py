"""Commands about what if."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from provision.commands.command import Command, day, limit, objective, reach_rule
from provision.io.files import display

if TYPE_CHECKING:
    from provision.record import Record
    from provision.scenarios.scenario import Hub


def _scenario(record: Record, args: argparse.Namespace) -> str:
    from dataclasses import replace

    from provision.export import scenarios as scenario_export
    from provision.export import writing
    from provision.io.reading import read_text
    from provision.links.query import read_link
    from provision.links.scenario_file import read_scenario
    from provision.scenarios.evaluate import evaluate
    from provision.scenarios.scenario import Scenario

    notes: list[str] = []
    if args.hub:
        asked = replace(Scenario.default(record), hubs=_hubs(args.hub, record))
    elif args.file:
        asked = read_scenario(read_text(args.file), display(args.file), record)
    else:
        asked, notes = read_link(args.link, record)
    outcome = evaluate(record, replace(asked, on=args.on) if args.on else asked)
    if args.format == "json":
        return writing.answer_json(scenario_export.scenario_json(outcome) | {"notes": notes})
    return "\n\n".join([*notes, scenario_export.scenario_text(outcome)])


def _hubs(given: Sequence[str], record: Record) -> tuple[Hub, ...]:
    """Hubs as they are given, or what is wrong with them."""
    from provision.links.scenario_link import read_hubs

    try:
        return read_hubs(given, record)
    except ValueError as error:
        raise LookupError(str(error)) from None


def _best_hubs(record: Record, args: argparse.Namespace) -> str:
    from dataclasses import replace

    from provision.export import scenarios as scenario_export
    from provision.export import writing
    from provision.location.best_hubs import best_hubs
    from provision.location.hub_kinds import hub_kinds
    from provision.location.problem import LocationProblem
    from provision.scenarios.scenario import Scenario

    excluded, kinds = [record.find(text).code for text in args.exclude], hub_kinds(record)
    fixed = [
        replace(hub, reach=args.reach) if kinds[hub.kind].has_rule else hub
        for hub in _hubs(args.fixed, record)
    ]
    try:
        asked = LocationProblem(
            args.hubs,
            args.reach,
            args.weigh,
            tuple(excluded),
            replace(Scenario.default(record), hubs=tuple(fixed)),
        )
        best = best_hubs(record, asked, args.limit)
    except ValueError as error:
        raise LookupError(str(error)) from None
    return (
        writing.answer_json(scenario_export.best_json(record, best, asked))
        if args.format == "json"
        else scenario_export.best_text(record, asked, best)
    )


def _scenario_arguments(command: argparse.ArgumentParser) -> None:
    given = command.add_mutually_exclusive_group(required=True)
    given.add_argument("--file", type=Path, metavar="FILE", help="a scenario saved as YAML")
    given.add_argument(
        "--link", metavar="QUERY", help="the query string of a link, or the whole link"
    )
    given.add_argument(
        "--hub",
        nargs="+",
        metavar="AREA[:KIND]",
        help="hubs, each with a kind (fixed-centre where none is given) and, after ~, its details"
        " as"
        " in a link: CODE:virtual, CODE:outreach~visits:CODE.CODE~land",
    )
    command.add_argument(
        "--on", type=day, metavar="YYYY-MM-DD", help="in place of the scenario's own day"
    )


def _best_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--hubs",
        type=int,
        required=True,
        metavar="K",
        help="how many further hubs, beside those that are fixed",
    )
    command.add_argument(
        "--reach",
        type=reach_rule,
        required=True,
        metavar="RULE",
        help="own, land, crossing, touching or km:N, for fixed hubs too",
    )
    command.add_argument(
        "--weigh",
        type=objective,
        default="areas",
        metavar="{areas,women}",
        help="count areas, or women who live in them (default: areas)",
    )
    command.add_argument(
        "--fixed",
        nargs="+",
        default=[],
        metavar="AREA[:KIND]",
        help="hubs that stay; what they cover is not gained again, and what they only reach"
        " remotely is",
    )
    command.add_argument(
        "--exclude", nargs="+", default=[], metavar="CODE", help="areas where no hub may stand"
    )
    command.add_argument(
        "--limit",
        type=limit,
        default=50,
        metavar="N",
        help="list at most so many of the best sets (default: 50)",
    )


COMMANDS = (
    Command(
        "scenario",
        "what a scenario does: gained, lost, women, cost",
        _scenario,
        _scenario_arguments,
        ("table", "json"),
    ),
    Command(
        "best-hubs",
        "the exact best places for further hubs, with every tie",
        _best_hubs,
        _best_arguments,
        ("table", "json"),
    ),
)
