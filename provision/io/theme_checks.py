"""Find what is wrong between the themes, the organisations and the services that they speak of.

As in :mod:`provision.io.checks`, plain data is read, so that one wrong type hides nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provision.io.checks import unknown_references
from provision.io.field_errors import Fault, Model, typed
from provision.io.files import DataFiles, display
from provision.io.node_paths import Path_, items, walk
from provision.io.problems import InvalidData, Problem, nearest, shown
from provision.io.reading import Document, Reader, read_text, read_yaml
from provision.schema.services import ServicesFile
from provision.schema.themes import OrganisationsFile, ThemesFile

# A list of ids under a field of this name holds ids of these kinds.
_KINDS: dict[str, tuple[str, ...]] = {
    "targets": ("outcome target",),
    "services": ("service",),
    "organisations": ("organisation",),
    "expert_partners": ("organisation",),
    "related": ("theme",),
    "themes": ("theme",),
    "touches": ("theme", "organisation", "outcome target"),
}
_LISTS_WITH_IDS = (
    "themes",
    "cross_cutting",
    "aims",
    "commitments",
    "investment",
    "context",
    "pathway",
    "discrepancies",
    "organisations",
)


@dataclass(frozen=True)
class _Known:
    """The ids that an entry may name, by kind, and the outline of the sources; None where the
    services file cannot be read."""

    ids: Mapping[str, Collection[str]]
    outline: Collection[tuple[str, str]] | None


def read_annexes(
    files: DataFiles, services: ServicesFile | None, read: Reader = read_text
) -> tuple[ThemesFile, OrganisationsFile]:
    """The themes and the organisations, checked against each other and the services.

    Parameters
    ----------
    files
        The region's files.
    services
        The services that they speak of; None where those could not be read.
    read
        What reads a file's text, bounded in bytes.

    Returns
    -------
    (ThemesFile, OrganisationsFile)
        Empty where a region has no such file.

    Raises
    ------
    InvalidData
        With the problems of both."""
    themes, organisations = _document(files.themes, read), _document(files.organisations, read)
    known = _known(services, themes, organisations)
    problems: list[Problem] = []
    found = (
        _typed(themes, ThemesFile, _faults(themes, known), problems),
        _typed(
            organisations,
            OrganisationsFile,
            [*_faults(organisations, known), *_disagreements(themes, organisations)],
            problems,
        ),
    )
    if problems:
        raise InvalidData(problems)
    return found


def _document(path: Path | None, read: Reader) -> Document:
    return read_yaml(read(path), display(path)) if path else Document("", {})


def _typed(
    document: Document, model: type[Model], faults: list[Fault], problems: list[Problem]
) -> Model:
    try:
        return typed(document, model, faults)
    except InvalidData as error:
        problems += error.problems
        return model.model_construct()


def _known(services: ServicesFile | None, themes: Document, organisations: Document) -> _Known:
    ids = {
        "theme": _ids(themes.data, "themes"),
        "organisation": _ids(organisations.data, "organisations"),
    }
    if services is None:
        return _Known(ids, None)
    ids["service"] = [*(s.id for s in services.services), *(o.id for o in services.other_provision)]
    ids["outcome target"] = [t.id for t in services.outcome_targets]
    return _Known(
        ids, {(source.id, section.id) for source in services.sources for section in source.sections}
    )


def _ids(data: Any, name: str) -> list[str]:
    return [i["id"] for _, i in items(data, name) if isinstance(i.get("id"), str)]


def _faults(document: Document, known: _Known) -> list[Fault]:
    found = [*_repeated_ids(document.data), *_unknown_ids(document.data, known)]
    if known.outline is not None:
        found += unknown_references(document.data, known.outline)
    return found


def _repeated_ids(data: Any) -> Iterator[Fault]:
    for name in _LISTS_WITH_IDS:
        seen: set[str] = set()
        for i, item in items(data, name):
            identifier = item.get("id")
            if isinstance(identifier, str) and identifier in seen:
                yield Fault(
                    (name, i, "id"),
                    f"{shown(identifier)} is already the id of an entry",
                    "give it an id of its own",
                )
            if isinstance(identifier, str):
                seen.add(identifier)


def _unknown_ids(data: Any, known: _Known) -> Iterator[Fault]:
    for path, value in walk(data):
        kinds = _KINDS.get(str(path[-2]), ()) if len(path) > 2 and isinstance(path[-1], int) else ()
        if not isinstance(value, str) or not kinds or any(kind not in known.ids for kind in kinds):
            continue
        ids = sorted({i for kind in kinds for i in known.ids[kind]})
        if value not in ids:
            yield Fault(
                path,
                f"{shown(value)} is not the id of {' or '.join(map(_one, kinds))}",
                nearest(value, ids, "use an id that the data has"),
            )


def _one(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _disagreements(themes: Document, organisations: Document) -> Iterator[Fault]:
    """A theme names its expert partners, and an organisation the themes that do so: both must say
    the same."""
    named = {
        (str(t.get("id")), o)
        for _, t in items(themes.data, "themes")
        for o in _texts(t.get("expert_partners"))
    }
    for i, organisation in items(organisations.data, "organisations"):
        own = set(_texts(organisation.get("themes")))
        wanted = {theme for theme, o in named if o == organisation.get("id")}
        path: Path_ = ("organisations", i, "themes")
        for theme in sorted(wanted - own):
            yield Fault(
                path,
                f"lacks {shown(theme)}, which names this organisation as expert partner",
                "add it, or take the organisation out of that theme",
            )
        for theme in sorted(own & set(_ids(themes.data, "themes")) - wanted):
            yield Fault(
                path,
                f"holds {shown(theme)}, which does not name this organisation as expert partner",
                "remove it, or add the organisation there",
            )


def _texts(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
