"""How single values of the address are read: each gives the value, or raises ValueError with the
reason why it cannot be applied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from provision.dates import EARLIEST, LATEST, SourceDate
from provision.find import LONGEST
from provision.io.problems import shown
from provision.links.fields import PartlyRead
from provision.location.hub_kinds import hub_kinds
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.themes.partners import nodes


def id_in(
    known: Callable[[Record], Collection[str]], otherwise: str
) -> Callable[[str, Record], str]:
    """A reader of an id.

    Parameters
    ----------
    known
        Gives the ids that a record has.
    otherwise
        What is said of any other.

    Returns
    -------
    Callable
        Takes the text and the record, and gives the id.
    """

    def read(text: str, record: Record) -> str:
        if text not in known(record):
            raise ValueError(otherwise)
        return text

    return read


read_need = id_in(
    lambda record: [i.id for i in record.indicators if i.use_as_weight],
    "it is not a measure of need in the data",
)
read_partner = id_in(
    nodes, "no organisation has that id, and no service or theme of the partnership"
)
read_stage = id_in(
    lambda record: [stage.id for stage in record.themes_file.pathway],
    "no stage of the pathway has that id",
)


read_kind = id_in(hub_kinds, "it is not a kind of hub in the data")


def read_day(text: str, record: Record) -> date:
    """A day; a month means its last.

    Parameters
    ----------
    text
        ``YYYY-MM-DD``, or ``YYYY-MM``.
    record
        Not looked at: a day may be outside of the contracts' time.

    Returns
    -------
    date
        The day.

    Raises
    ------
    ValueError
        For what is no day, or outside the years that the record may speak of.
    """
    try:
        day = SourceDate.parse(text).last
    except ValueError:
        raise ValueError("it is not a day written YYYY-MM-DD") from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"it is not between {EARLIEST.year} and {LATEST.year}")
    return day


def read_services(text: str, record: Record) -> tuple[str, ...]:
    """Ids of services.

    Parameters
    ----------
    text
        Ids parted by commas, in any order.
    record
        The record that has the services.

    Returns
    -------
    tuple of str
        The ids in the order of the file; empty where all services are meant.

    Raises
    ------
    ValueError
        Where one of them is not known.
    """
    asked = _listed(text)
    unknown = [v for v in asked if v not in record.services_by_id]
    if unknown:
        raise ValueError(f"no service has the id {shown(unknown[0])}")
    return services_chosen(asked, record)


def services_chosen(ids: Sequence[str], record: Record) -> tuple[str, ...]:
    """Chosen services, put in order.

    Parameters
    ----------
    ids
        Ids in any order; those of no service are passed over.
    record
        The record that has the services.

    Returns
    -------
    tuple of str
        The ids in the order of the file; empty where all services are chosen, or none is.
    """
    chosen = tuple(s.id for s in record.services if s.id in ids)
    return () if len(chosen) == len(record.services) else chosen


def default_need(record: Record) -> str | None:
    """The measure of need that a view opens with.

    Parameters
    ----------
    record
        The record that has the figures.

    Returns
    -------
    str or None
        The id of the first that may weigh; None where the region has none.
    """
    return next((i.id for i in record.indicators if i.use_as_weight), None)


def read_area(text: str, record: Record) -> str:
    """An area.

    Parameters
    ----------
    text
        Its code.
    record
        The record that it is looked up in.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        Where no area of the region has that code.
    """
    if text not in record.by_code:
        raise ValueError(_no_code(record))
    return text


def read_theme(text: str, record: Record) -> str | None:
    """The id of a theme; None, for all of them, where the text is empty."""
    if not text:
        return None
    if text not in record.themes_by_id:
        raise ValueError("no theme has that id")
    return text


def read_themes(text: str, record: Record) -> tuple[str, ...]:
    """Ids of themes.

    Parameters
    ----------
    text
        Ids parted by commas, in any order.
    record
        The record that has the themes.

    Returns
    -------
    tuple of str
        The ids in the order of the file, each once.

    Raises
    ------
    PartlyRead
        With those that are known, where one is not.
    """
    asked = _listed(text)
    chosen = tuple(t for t in record.themes_by_id if t in asked)
    unknown = [v for v in asked if v not in record.themes_by_id]
    if unknown:
        one = len(unknown) == 1
        why = "no theme has that id" if one else "no themes have those ids"
        raise PartlyRead(chosen, ",".join(unknown), why)
    return chosen


def read_words(text: str, record: Record) -> str:
    """Words to look for.

    Parameters
    ----------
    text
        The words, as they were written.
    record
        Not looked at.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        Where they are too long.
    """
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return text


def read_best(text: str, record: Record) -> LocationProblem:
    """A question for the best places.

    Parameters
    ----------
    text
        How it is written is said by the question's own ``parse``.
    record
        The record that has the areas.

    Returns
    -------
    LocationProblem
        The question.

    Raises
    ------
    ValueError
        For what is no such question.
    PartlyRead
        With the question, where it excludes areas that are not there.
    """
    found = LocationProblem.parse(text)
    unknown = [code for code in found.excluded if code not in record.by_code]
    if unknown:
        known = tuple(code for code in found.excluded if code in record.by_code)
        kept = replace(found, excluded=known)
        raise PartlyRead(kept, ",".join(unknown), _no_code(record))
    return found


def one_of(options: Sequence[Any], otherwise: str = "") -> Callable[[str, Record], Any]:
    """A reader of one of several words.

    Parameters
    ----------
    options
        The words.
    otherwise
        What is said of any other; the words themselves where it is left out.

    Returns
    -------
    Callable
        Takes the text and the record, and gives the option.
    """

    def read(text: str, record: Record) -> Any:
        for option in options:
            if option == text:
                return option
        raise ValueError(otherwise or f"write one of: {', '.join(options)}")

    return read


def _no_code(record: Record) -> str:
    return f"no {record.file.region.area} has that code"


def _listed(text: str) -> list[str]:
    return [part for part in text.split(",") if part]
