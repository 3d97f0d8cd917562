"""How single values of the address are read: each gives the value, or raises ValueError with the
reason why it cannot be applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from provision.dates import EARLIEST, LATEST, SourceDate
from provision.find import LONGEST
from provision.io.problems import shown
from provision.links.fields import PartlyRead
from provision.location.wanted import Wanted
from provision.record import Record
from provision.themes.partners import nodes


def read_day(text: str, record: Record) -> date:
    """A day; a month means its last.

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
    """Ids of services, in the order of the file; none where all are meant.

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
    """Chosen services in the order of the file; none where all are, or none is."""
    chosen = tuple(s.id for s in record.services if s.id in ids)
    return () if len(chosen) == len(record.services) else chosen


def default_need(record: Record) -> str | None:
    """The id of the first measure of need; None where the region has none."""
    return next((i.id for i in record.indicators if i.use_as_weight), None)


def read_need(text: str, record: Record) -> str:
    """The id of a measure of need."""
    if text not in record.indicators_by_id or not record.indicators_by_id[text].use_as_weight:
        raise ValueError("it is not a measure of need in the data")
    return text


def read_area(text: str, record: Record) -> str:
    """The code of an area."""
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
    """Ids of themes, in the order of the file.

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


def read_partner(text: str, record: Record) -> str:
    """The id of an organisation, ``service:ID`` or ``theme:ID``."""
    if text not in nodes(record):
        raise ValueError("no organisation has that id, and no service or theme of the partnership")
    return text


def read_stage(text: str, record: Record) -> str:
    """The id of a stage of the pathway."""
    if text not in {s.id for s in record.themes_file.pathway}:
        raise ValueError("no stage of the pathway has that id")
    return text


def read_words(text: str, record: Record) -> str:
    """Words to look for."""
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    return text


def read_best(text: str, record: Record) -> Wanted:
    """A question for the best places.

    Raises
    ------
    ValueError
        For what is no such question.
    PartlyRead
        With the question, where it excludes areas that are not there.
    """
    found = Wanted.parse(text)
    unknown = [code for code in found.excluded if code not in record.by_code]
    if unknown:
        known = tuple(code for code in found.excluded if code in record.by_code)
        kept = Wanted(found.hubs, found.reach, found.weigh, known)
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
