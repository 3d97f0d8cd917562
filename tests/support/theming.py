"""Small helpers of the tests about themes: give a small record themes from a few words, and read
both files of a region from text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from provision.record import Record
from provision.schema.services import OutcomeTarget
from provision.schema.themes import OrganisationsFile, ThemesFile

REF = "guide §1"

# id of a theme: (services with a target of it, services named for it)
Themes = Mapping[str, tuple[Sequence[str], Sequence[str]]]


def themed(
    record: Record,
    themes: Themes,
    *,
    grades: Mapping[str, str] | None = None,
    beside: Mapping[str, Sequence[str]] | None = None,
) -> Record:
    """A record with themes. ``grades`` by theme; ``beside``: geographies of further lines, by
    theme."""
    entries = [
        _theme(
            t,
            target,
            named,
            (grades or {}).get(t, "target-or-provision"),
            (beside or {}).get(t, ()),
        )
        for t, (target, named) in themes.items()
    ]
    targets = tuple(_target(theme, target) for theme, (target, _) in themes.items() if target)
    file = record.file.model_copy(update={"outcome_targets": targets})
    return replace(record, file=file, themes_file=ThemesFile.model_validate({"themes": entries}))


def engaged(record: Record, *organisations: Mapping[str, Any]) -> Record:
    """A record with organisations; each needs an ``id``."""
    plain = {
        "kind": "voluntary",
        "line": "Invented.",
        "themes": [],
        "services": [],
        "site": "not stated",
        "in_section_6": True,
        "ref": REF,
    }
    found = [{**plain, "name": o["id"], **o} for o in organisations]
    return replace(
        record, organisations_file=OrganisationsFile.model_validate({"organisations": found})
    )


def changed_theme(record: Record, theme: str, **fields: Any) -> Record:
    """A record with some fields of one theme replaced, by plain data."""
    data = record.themes_file.model_dump(mode="json")
    for entry in data["themes"]:
        if entry["id"] == theme:
            entry.update(fields)
    return replace(record, themes_file=ThemesFile.model_validate(data))


def line(
    geography: str, services: Sequence[str] = (), organisations: Sequence[str] = ()
) -> dict[str, Any]:
    """A line of provision."""
    words = {
        "who": "somebody",
        "what": "something",
        "women_specific": "yes",
        "basis": "invented",
        "ref": REF,
    }
    return {
        **words,
        "geography": geography,
        "services": list(services),
        "organisations": list(organisations),
    }


def _theme(
    theme: str, target: Sequence[str], named: Sequence[str], grade: str, beside: Sequence[str]
) -> dict[str, Any]:
    provision = [line("named in contract", named)] if named else []
    return {
        **{
            "id": theme,
            "title": theme.capitalize(),
            "need": [{"text": "There is need.", "ref": REF}],
            "feedback": [],
            "ref": REF,
        },
        "provision": [*provision, *map(line, beside)],
        "targets": [f"target-{theme}"] if target else [],
        "grade": {"level": grade, "reason": "Invented.", "ref": REF},
        **{"data_gaps": [], "next_steps": [], "expert_partners": [], "related": []},
    }


def _target(theme: str, services: Sequence[str]) -> OutcomeTarget:
    plain = {
        "id": f"target-{theme}",
        "outcome": "something",
        "value": 1,
        "state": "set",
        "services": list(services),
        "ref": REF,
    }
    return OutcomeTarget.model_validate(plain)
