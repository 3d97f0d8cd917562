"""Scenarios as files, written and read as YAML::

    scenario: 1                # the version of this grammar
    name: "Two hubs, and the Alliance a year longer"
    on: 2020-04-01
    hubs:
      - {area: E09000003, reach: land, level: wrap-around, themes: [accommodation], opens: 2019-04,
        closes: 2021-03, key_workers: 3}
      - {area: E09000004, kind: outreach-hub, visits: [E09000006, E09000011], level: wrap-around}
    changes:
      - {switch_off: minerva-crc}
      - {service: south-london-alliance, ends: 2022-03}
      - {withdraw: "Advance"}
      - {area: Enfield, service: minerva-crc, verdict: closed, since: 2019-06}
    assumptions: {women_per_key_worker: 58.33, cost_per_woman: 1557, hub_fixed_cost: 20000}

Areas are given by code or name; what is left out keeps its default. Plain data is read into a
:class:`provision.scenarios.scenario.Scenario` in one place (:mod:`provision.scenarios.plain`),
whatever form it came in, so that a value is right or wrong in the same way everywhere."""

from __future__ import annotations

import json
import re

from provision.io.node_paths import entry_and_field
from provision.io.problems import InvalidData, Problem
from provision.io.reading import read_yaml
from provision.links.scenario_link import decimal_text
from provision.record import Record
from provision.scenarios.plain import VERSION, Plain, build, to_plain
from provision.scenarios.scenario import Scenario


def read_scenario(text: str, name: str, record: Record) -> Scenario:
    """The scenario of a file.

    Parameters
    ----------
    text
        What the file holds.
    name
        What problems call it.
    record
        The record that names, ids and codes are looked up in.

    Returns
    -------
    Scenario
        The scenario, whole.

    Raises
    ------
    InvalidData
        With every problem in the file, by line.
    """
    document = read_yaml(text, name)
    scenario, faults = build(document.data, record)
    problems = [
        Problem(
            name, document.line(f.path), *entry_and_field(document.data, f.path), f.what, f.mend
        )
        for f in faults
    ]
    if problems or document.problems:
        raise InvalidData([*document.problems, *problems])
    return scenario


def write_yaml(scenario: Scenario, record: Record) -> str:
    """A scenario as a file.

    Parameters
    ----------
    scenario
        The scenario.
    record
        The record that it is of, for the names of areas that stand beside their codes.

    Returns
    -------
    str
        YAML that :func:`read_scenario` reads back the same.
    """
    data = to_plain(scenario)
    lines = [f"scenario: {VERSION}"]
    lines += [
        f"{name}: {_yaml(data[name])}" for name in ("name", "note", "on", "need") if name in data
    ]
    for part in ("hubs", "changes"):
        if part in data:
            lines += [
                f"{part}:",
                *(f"  - {_yaml(entry)}{_named(entry, record)}" for entry in data[part]),
            ]
    if "assumptions" in data:
        lines.append(f"assumptions: {_yaml(data['assumptions'])}")
    return "\n".join(lines) + "\n"


_BARE = re.compile(r"[a-z][a-z0-9-]*|[A-Z][A-Z0-9]*\d|km:[\d.]+|\d{4}-\d{2}(-\d{2})?")
_TRUTH = ("true", "false", "null")


def _yaml(value: object) -> str:
    """Plain data as YAML on one line; text in quotes wherever it could be taken for something
    else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_yaml(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if isinstance(value, str):
        return (
            value
            if _BARE.fullmatch(value) and value not in _TRUTH
            else json.dumps(value, ensure_ascii=False)
        )
    return decimal_text(value) if isinstance(value, float) else str(value)


def _named(entry: Plain, record: Record) -> str:
    area = record.by_code.get(entry.get("area", ""))
    return f"  # {' '.join(area.name.split())}" if area else ""
