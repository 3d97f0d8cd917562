"""A region's folder made from the files that people have: outlines alone, or with the rest.

Nothing is written here. What is made is the content of every file, what was decided on the way, and
what there is to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provision.io.problems import InvalidData
from provision.io.yaml_text import yaml_text
from provision.readers.outlines import OutlineOptions, OutlinesRead, read_outlines
from provision.regions.area_codes import area_kinds
from provision.regions.area_matching import AreaMatcher
from provision.regions.contiguity import (
    Neighbours,
    named,
    neighbours_csv,
    published_neighbours,
    queen_neighbours,
)
from provision.regions.input_files import InputFile
from provision.regions.matching_file import Matching, choices_made
from provision.regions.outline_files import geojson, outline_description
from provision.regions.unstated import (
    RegionWords,
    name_from,
    region_block,
    unstated_services,
)

if TYPE_CHECKING:
    from provision.readers.draft import ColumnMatch, ReadingContext, ServicesDraft
    from provision.readers.figure_drafts import FigureDescription, FiguresDraft


@dataclass(frozen=True)
class RegionInputs:
    """What a person gives to make a region of.

    ``figure_columns`` are headings of the columns of figures that are wanted, none for all;
    ``figure_description`` is what a person says of them.
    ``as_at`` is the day from which a record without services speaks.
    """

    boundaries: InputFile
    as_at: date
    services: tuple[InputFile, ...] = ()
    figures: tuple[InputFile, ...] = ()
    neighbours: InputFile | None = None
    options: OutlineOptions = field(default_factory=OutlineOptions)
    figure_columns: tuple[str, ...] = ()
    figure_description: FigureDescription | None = None
    name: str | None = None
    area: str | None = None
    areas: str | None = None
    most_bytes: int | None = None


@dataclass(frozen=True)
class RegionMade:
    """A region's files by name, what was decided, and sentences on each input file by its name.

    ``unmatched`` are texts that matched no area, with the official name to propose or None;
    ``columns`` what each column of a list of services was taken for, with the runner-up.
    """

    files: Mapping[str, bytes]
    matching: Matching
    notes: Mapping[str, tuple[str, ...]]
    outlines: OutlinesRead
    unmatched: Mapping[str, str | None]
    columns: tuple[ColumnMatch, ...] = ()


def make_region(inputs: RegionInputs, called: str, before: Matching) -> RegionMade:
    """The content of a region's folder.

    Parameters
    ----------
    inputs
        What a person gives.
    called
        The name of the folder: it names the region where nobody else does.
    before
        What was decided when the folder was made before.

    Raises
    ------
    InvalidData
        Where a file cannot be used; with the problems of all files.
    """
    options = before.outline_options(inputs.options)
    found = read_outlines(
        inputs.boundaries.content, inputs.boundaries.name, options, inputs.most_bytes
    )
    return _Maker(inputs, called, before, options, found).made()


class _Maker:
    def __init__(
        self,
        inputs: RegionInputs,
        called: str,
        before: Matching,
        options: OutlineOptions,
        found: OutlinesRead,
    ) -> None:
        self.inputs, self.before, self.options, self.found = inputs, before, options, found
        self.names = {str(c): str(n) for c, n in found.areas["name"].items()}
        one, many = _words_for(list(self.names))
        self.words = RegionWords(
            inputs.name or before.name or name_from(called),
            inputs.area or before.area or one,
            inputs.areas or before.areas or many,
            inputs.as_at,
            self._variants(),
        )
        known = {**self.words.variants, **before.name_variants}
        self.matcher = AreaMatcher(_areas(self.names), known, [self.words.name])
        self.notes: dict[str, tuple[str, ...]] = {}
        self.matching = before
        self.unmatched: dict[str, str | None] = {}
        self.columns: tuple[ColumnMatch, ...] = ()

    def made(self) -> RegionMade:
        files = dict(self._outline_files())
        files |= self._neighbour_files()
        files |= self._service_files()
        files |= self._figure_files()
        self.matching = self.matching.model_copy(
            update={
                "name": self.words.name,
                "area": self.words.area,
                "areas": self.words.areas,
                "unmatched": dict.fromkeys(self.unmatched, ""),
                "outlines": choices_made(
                    self.found, Path(self.inputs.boundaries.name).name, self.options
                ),
            }
        )
        return RegionMade(
            files, self.matching, self.notes, self.found, self.unmatched, self.columns
        )

    def _variants(self) -> dict[str, str]:
        """Names in other languages, where they are no area's own and mean one area only."""
        meant: dict[str, set[str]] = {}
        rows = zip(self.found.areas["name"], self.found.areas["other_names"], strict=True)
        for name, others in rows:
            for other in others:
                meant.setdefault(other, set()).add(name)
        own = set(self.names.values())
        return {o: next(iter(n)) for o, n in meant.items() if len(n) == 1 and o not in own}

    def _outline_files(self) -> Iterator[tuple[str, bytes]]:
        self.notes[self.inputs.boundaries.name] = self.found.notes
        yield "boundaries.geojson", geojson(self.found, self.words.area)
        description = outline_description(self.found, self.inputs.boundaries, self.words)
        yield "boundaries.yaml", yaml_text(description).encode()

    def _neighbour_files(self) -> Iterator[tuple[str, bytes]]:
        given = self.inputs.neighbours
        if given:
            found = published_neighbours(given.read(), given.name, list(self.names))
        else:
            found = queen_neighbours(self.found.areas)
        said = tuple(_neighbour_notes(found, self.names, self.words))
        name = given.name if given else "neighbours.csv"
        self.notes[name] = (*found.notes, *said)
        yield "neighbours.csv", neighbours_csv(found).encode()

    def _service_files(self) -> Iterator[tuple[str, bytes]]:
        drafts = self._drafts()
        if len(drafts) == 1 and drafts[0].kind == "record":
            yield "services.yaml", self.inputs.services[0].read()
            return
        if drafts:
            from provision.regions.service_drafts import merged

            data = merged(drafts)
        else:
            data = unstated_services(
                self.words, f"Outlines {Path(self.inputs.boundaries.name).name}"
            )
        yield "services.yaml", yaml_text(data).encode()

    def _drafts(self) -> list[ServicesDraft]:
        from provision.readers.draft import ReadingContext

        columns = {k.casefold(): v for k, v in self.before.columns.items()}
        block = region_block(self.words)
        context = ReadingContext(block, tuple(self.names.values()), self.names, columns=columns)
        drafts = [
            draft
            for file in self.inputs.services
            if (draft := _services_in(file, self.matcher, context))
        ]
        problems = [p for draft in drafts for p in draft.problems]
        if problems:
            raise InvalidData(problems)
        for draft in drafts:
            self.notes[draft.name] = draft.notes
            self._remember(draft)
        return drafts

    def _remember(self, draft: ServicesDraft) -> None:
        """What was decided on a list: its columns, and short names as they were used."""
        self.columns += draft.columns
        columns = {c.heading.casefold(): c.meaning for c in draft.columns}
        self.matching = self.matching.model_copy(
            update={"columns": {**self.matching.columns, **columns}}
        )
        self._remember_texts(draft.area_texts)

    def _remember_texts(self, texts: Sequence[Any]) -> None:
        short = {t.text: t.official for t in texts if t.used and t.official}
        self.matching = self.matching.model_copy(
            update={"name_variants": {**self.matching.name_variants, **short}}
        )
        ignored = set(self.before.ignored)
        self.unmatched |= {
            t.text: t.official for t in texts if not t.used and t.text not in ignored
        }

    def _figure_files(self) -> Iterator[tuple[str, bytes]]:
        if not self.inputs.figures:
            return
        from provision.readers.figure_drafts import write_figures

        drafts = [self._figures(file) for file in self.inputs.figures]
        table, description = write_figures(drafts, list(self.names.items()))
        yield "figures.csv", table.encode()
        yield "figures.yaml", yaml_text(description).encode()

    def _figures(self, file: InputFile) -> FiguresDraft:
        from provision.readers.figures import figures_from

        key = Path(file.name).name
        wanted = self.inputs.figure_columns or self.before.figures.get(key, ())
        said = self.inputs.figure_description
        draft = figures_from(file.read(), file.name, self.matcher, wanted, description=said)
        self.notes[file.name] = draft.notes
        if wanted:
            figures = {**self.matching.figures, key: tuple(wanted)}
            self.matching = self.matching.model_copy(update={"figures": figures})
        self._remember_texts(draft.area_texts)
        return draft


def _services_in(file: InputFile, matcher: AreaMatcher, context: ReadingContext) -> ServicesDraft:
    """The services in a file; a path may also be that of a folder with a feed in it."""
    from provision.readers.services import read_services, services_from

    if isinstance(file.content, Path):
        return read_services(file.content, matcher, context)
    return services_from(file.content, file.name, matcher, context)


@dataclass(frozen=True)
class _Named:
    code: str
    name: str


def _areas(names: Mapping[str, str]) -> list[_Named]:
    return [_Named(code, name) for code, name in names.items()]


def _words_for(codes: Sequence[str]) -> tuple[str, str]:
    """The words for an area and for several, by the kind that the codes say."""
    kinds = {code[:3] for code in codes}
    kind = area_kinds().get(kinds.pop()) if len(kinds) == 1 else None
    return (kind.one, kind.many) if kind and kind.one else ("area", "areas")


def _neighbour_notes(found: Neighbours, names: dict[str, str], words: RegionWords) -> Iterator[str]:
    yield f"{len(found.rows):,} pairs of {words.areas} border on each other."
    if found.islands and len(names) > 1:
        first = named(found.islands[:3], names)
        more = f" and {len(found.islands) - 3:,} more" if len(found.islands) > 3 else ""
        verb = "borders" if len(found.islands) == 1 else "border"
        yield f"{len(found.islands):,} {verb} on no other: {', '.join(first)}{more}."
