"""The command line: ``python -m provision COMMAND``. What it prints is for people and for other programs; its forms are stable."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from provision.dates import add_months, parse_day
from provision.files import DataFiles, display
from provision.problems import InvalidData
from provision.reach import Reach
from provision.record import Record, load

FORMATS = ("table", "json", "csv")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 invalid data or an unknown name, 2 wrong arguments."""
    args = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has left; nothing more is to be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(args: argparse.Namespace) -> int:
    if args.command == "schema":
        return _schema(args.file)
    files = DataFiles.choose(vars(args))
    try:
        record = load(files)
    except InvalidData as error:
        print(error, file=sys.stdout if args.command == "validate" else sys.stderr)
        return 1
    from provision.export import to_terminal

    try:
        said = _COMMANDS[args.command](record, args)
    except LookupError as error:
        print(f"provision: {error.args[0]}", file=sys.stderr)
        return 1
    except InvalidData as error:
        print(error, file=sys.stderr)
        return 1
    print(to_terminal(said) if getattr(args, "format", "table") == "table" else said)
    return 0


def _schema(name: str) -> int:
    from provision.export import to_json
    from provision.schema import Entry, ServicesFile, json_schema
    from provision.theme_schema import OrganisationsFile, ThemesFile

    models: dict[str, type[Entry]] = {"services": ServicesFile, "themes": ThemesFile, "organisations": OrganisationsFile}
    print(to_json(json_schema(models[name], f"{name}.yaml")))
    return 0


def _validate(record: Record, args: argparse.Namespace) -> str:
    file, region = record.file, record.file.region
    return (
        f"{display(record.files.services)}: {len(record.services)} services, {len(file.other_provision)} other provision, "
        f"{len(file.outcome_targets)} outcome targets, {len(record.discrepancies)} discrepancies, {len(file.sources)} sources, "
        f"{len(record.themes)} themes, {len(record.organisation)} organisations, "
        f"{len(record.areas)} areas ({int(record.counted.sum())} {region.areas}); no problems"
    )


def _coverage(record: Record, args: argparse.Namespace) -> str:
    from provision import export, sentences
    from provision.coverage import coverage

    on = args.on or record.default_date
    if args.format == "json":
        return export.to_json(export.coverage_json(record, on))
    rows = export.coverage_rows(record, on)
    if args.format == "csv":
        return export.to_csv(rows).rstrip()
    return f"{sentences.headline(record, coverage(record, on), on)}\n\n{export.to_text(rows)}"


def _why(record: Record, args: argparse.Namespace) -> str:
    from provision import export, sentences

    on, code = args.on or record.default_date, record.find(args.area).code
    if args.format == "json":
        return export.to_json({"on": on.isoformat(), "code": code, "sentences": export.why_json(record, code, on)})
    found = sentences.why(record, code, on)
    return "\n".join(s.text + (f" [{'; '.join(map(str, s.refs))}]" if s.refs else "") for s in found)


def _calendar(record: Record, args: argparse.Namespace) -> str:
    from provision import export, sentences
    from provision.timeline import LONGEST_MONTHS, span

    begin, end = span(record)
    first, last = args.since or begin, args.until or end
    if not first <= last <= add_months(first, LONGEST_MONTHS):
        raise LookupError(f"from {first} to {last} is not a calendar of at most {LONGEST_MONTHS // 12} years; choose other dates")
    found = export.calendar_json(record, first, last)
    if args.format == "json":
        return export.to_json(found)
    rows = [{**c, "ended": " ".join(c["ended"]), "begun": " ".join(c["begun"])} for c in found["changes"]]
    if args.format == "csv":
        return export.to_csv(rows).rstrip()
    return "\n\n".join(["\n".join(sentences.change_sentences(record, first, last)), export.to_text(rows)])


def _gaps(record: Record, args: argparse.Namespace) -> str:
    from provision import export
    from provision.query import Query

    on = args.on or record.default_date
    need = args.need or Query.default(record).need
    if need is not None and not (need in record.indicator and record.indicator[need].use_as_weight):
        known = ", ".join(i.id for i in record.indicators if i.use_as_weight)
        raise LookupError(f"'{need}' is not a measure of need; use one of: {known}")
    if args.format == "json":
        return export.to_json(export.gaps_json(record, on, need))
    rows = export.gaps_rows(record, on, need)
    return export.to_csv(rows).rstrip() if args.format == "csv" else export.to_text(rows)


def _scenario(record: Record, args: argparse.Namespace) -> str:
    from dataclasses import replace

    from provision import export, scenario_export
    from provision.evaluate import evaluate
    from provision.reading import read_text
    from provision.scenario_text import read_link, read_scenario

    notes: list[str] = []
    if args.file:
        asked = read_scenario(read_text(args.file), display(args.file), record)
    else:
        asked, notes = read_link(args.link, record)
    outcome = evaluate(record, replace(asked, on=args.on) if args.on else asked)
    if args.format == "json":
        return export.to_json(scenario_export.scenario_json(outcome) | {"notes": notes})
    return "\n\n".join([*notes, scenario_export.scenario_text(outcome)])


def _best_hubs(record: Record, args: argparse.Namespace) -> str:
    from provision import export, scenario_export
    from provision.best_hubs import Asked, Weigh, best_hubs, fixed_hubs

    fixed, excluded = ([record.find(text).code for text in given] for given in (args.fixed, args.exclude))
    try:
        asked = Asked(fixed_hubs(record, fixed, args.reach), args.hubs, args.reach, Weigh(args.weigh), tuple(excluded))
        best = best_hubs(record, asked, args.limit)
    except ValueError as error:
        raise LookupError(str(error)) from None
    return export.to_json(scenario_export.best_json(best, asked)) if args.format == "json" else scenario_export.best_text(record, asked, best)


def _themes(record: Record, args: argparse.Namespace) -> str:
    from provision import export, theme_export
    from provision.theme_sentences import themes_headline

    on = args.on or record.default_date
    if args.format == "json":
        return export.to_json(theme_export.theme_json(record, on))
    rows = theme_export.theme_rows(record, on)
    return export.to_csv(rows, theme_export.THEME_COLUMNS).rstrip() if args.format == "csv" else f"{themes_headline(record, on)}\n\n{export.to_text(rows)}"


def _intersect(record: Record, args: argparse.Namespace) -> str:
    from provision import export, theme_export
    from provision.theme_sentences import beside_sentences

    on, themes = args.on or record.default_date, list(dict.fromkeys(record.find_theme(text).id for text in args.theme))
    if args.format == "csv":
        return export.to_csv(theme_export.intersect_rows(record, themes, on)).rstrip()
    found = theme_export.intersect_json(record, themes, on)
    if args.format == "json":
        return export.to_json(found)
    said = [found["sentence"], found["lacking"], *beside_sentences(record, themes), found["every_theme"]]
    return "\n".join(said) + f"\n\n{export.to_text(theme_export.intersect_rows(record, themes, on))}"


_COMMANDS = {
    "validate": _validate,
    "coverage": _coverage,
    "why": _why,
    "calendar": _calendar,
    "gaps": _gaps,
    "themes": _themes,
    "intersect": _intersect,
    "scenario": _scenario,
    "best-hubs": _best_hubs,
}


def _parser() -> argparse.ArgumentParser:
    files = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = files.add_argument_group("data (London's own where not given; environment: PROVISION_SERVICES, PROVISION_BOUNDARIES, ...)")
    group.add_argument("--services", metavar="FILE", help="services and their areas, YAML")
    group.add_argument("--boundaries", metavar="FILE", help="areas, GeoJSON in WGS84 with 'code' and 'name'")
    group.add_argument("--figures", metavar="FILE", help="figures for each area, CSV with a YAML description beside it")
    group.add_argument("--neighbours", metavar="FILE", help="neighbour pairs, CSV")
    group.add_argument("--themes", metavar="FILE", help="what is said theme by theme, YAML")
    group.add_argument("--organisations", metavar="FILE", help="who is engaged, YAML")
    parser = argparse.ArgumentParser(prog="python -m provision", description="Coverage and gaps of contracted women's services.", parents=[files])
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, text: str, formats: Sequence[str] = ()) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, parents=[files])
        if formats:
            command.add_argument("--format", choices=formats, default="table")
        return command

    add("validate", "list every problem in the data at once, or one line of counts")
    dated = [
        add("coverage", "the status of every area on a day", FORMATS),
        add("why", "why an area has its status, in plain sentences", ("table", "json")),
        add("themes", "what is said of provision for every theme, worst first, and which areas contracts reach", FORMATS),
        add("intersect", "areas where contracts cover all, some or none of several themes", FORMATS),
        add("gaps", "areas with nothing, lapsed, not stated or thin, ranked by need", FORMATS),
    ]
    for command in dated:
        command.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="default: the record's own date")
    dated[1].add_argument("area", metavar="AREA", help="code or name, for instance E09000011 or Greenwich")
    dated[3].add_argument("theme", metavar="THEME", nargs="+", help="id or title, for instance young-women")
    dated[4].add_argument("--need", metavar="INDICATOR", help="measure of need to rank by")
    calendar = add("calendar", "which areas change status in which month", FORMATS)
    calendar.add_argument("--from", dest="since", type=_day, metavar="YYYY-MM-DD", help="default: when the record begins to speak")
    calendar.add_argument("--to", dest="until", type=_day, metavar="YYYY-MM-DD", help="default: three months after the last contract")
    _scenario_arguments(add("scenario", "what a scenario does: gained, lost, women, cost", ("table", "json")))
    _best_arguments(add("best-hubs", "the exact best places for further hubs, with every tie", ("table", "json")))
    schema = commands.add_parser("schema", help="print the JSON Schema of a file of the data")
    schema.add_argument("file", nargs="?", choices=("services", "themes", "organisations"), default="services")
    return parser


def _scenario_arguments(command: argparse.ArgumentParser) -> None:
    given = command.add_mutually_exclusive_group(required=True)
    given.add_argument("--file", type=Path, metavar="FILE", help="a scenario saved as YAML")
    given.add_argument("--link", metavar="QUERY", help="the query string of a link, or the whole link")
    command.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="in place of the scenario's own day")


def _best_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--hubs", type=int, required=True, metavar="K", help="how many further hubs, beside those that are fixed")
    command.add_argument("--reach", type=_reach, required=True, metavar="RULE", help="own, land, crossing, touching or km:N, for fixed hubs too")
    command.add_argument("--weigh", choices=("boroughs", "women"), default="boroughs", help="count areas, or women who live in them")
    command.add_argument("--fixed", nargs="+", default=[], metavar="CODE", help="hubs that stay; what they cover is not gained again")
    command.add_argument("--exclude", nargs="+", default=[], metavar="CODE", help="areas where no hub may stand")
    command.add_argument("--limit", type=_limit, default=50, metavar="N", help="list at most so many of the best sets (default: 50)")


def _reach(text: str) -> Reach:
    try:
        return Reach.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no reach rule; {error}") from None


def _limit(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:6]) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a number from 1 to 10,000")
    return int(text)


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a day; write YYYY-MM-DD, for instance 2018-10-31") from None


if __name__ == "__main__":
    sys.exit(main())
