"""Records of the same areas side by side, as rows and as JSON."""

from __future__ import annotations

from typing import Any

from provision.coverage.then_and_now import Passage, Said, ThenAndNow
from provision.record import Record
from provision.text.labels import BASIS_WORDS, PASSAGE_WORDS, STATUS_WORDS
from provision.text.then_and_now import (
    Pair,
    caution_sentences,
    comparison_rows,
    record_name,
    sentences,
    silence_sentences,
    stretch_sentence,
)
from provision.text.wording import reference_text

LISTS = (Passage.GAINED, Passage.LOST, Passage.GAINED_NOT_STATED, Passage.NO_LONGER_STATED)


def then_and_now_rows(found: ThenAndNow) -> list[dict[str, Any]]:
    """A row for every area: what each record says (its number from 1 in front), with its date,
    services, leads, basis and source, and what became of the area from each record to the next."""
    rows = []
    for area in found.areas:
        region = found.records[0].file.region
        row: dict[str, Any] = {
            "code": area.code,
            "name": area.name,
            "counted_as": region.area if area.counted else "other",
        }
        for n, said in enumerate(area.said):
            row |= _cells(found, n, said)
        for older, newer in found.steps:
            words = PASSAGE_WORDS[found.passage(area, older, newer)]
            row[f"from_{older + 1}_to_{newer + 1}"] = words
        rows.append(row)
    return rows


def _cells(found: ThenAndNow, place: int, said: Said) -> dict[str, Any]:
    record, key = found.records[place], f"record_{place + 1}"
    names = [record.services_by_id[service].short_name for service in said.services]
    return {
        key: record_name(record),
        f"{key}_on": found.days[place].isoformat(),
        f"{key}_status": STATUS_WORDS[said.status],
        f"{key}_services": "; ".join(names),
        f"{key}_leads": "; ".join(dict.fromkeys(said.providers)),
        f"{key}_basis": "; ".join(dict.fromkeys(BASIS_WORDS[basis] for basis in said.bases)),
        f"{key}_source": "; ".join(_references(record, said)),
    }


def passage_lists(found: ThenAndNow, pair: Pair) -> dict[str, Any]:
    """Codes of the counted areas that gained, lost, gained what was not stated, and are no longer
    stated; ``other_areas`` the same of those that are not counted.

    Parameters
    ----------
    found
        The records side by side.
    pair
        The places of the older record and the newer one.
    """
    return {
        **{what.value: list(found.codes(what, *pair)) for what in LISTS},
        "other_areas": {
            what.value: list(found.codes(what, *pair, counted=False)) for what in LISTS
        },
    }


def pair_json(found: ThenAndNow, pair: Pair) -> dict[str, Any]:
    """Two of the records: sentences, cautions, what can be compared, and the lists of
    :func:`passage_lists`."""
    return {
        "sentences": sentences(found, pair),
        "cautions": caution_sentences(found, pair),
        "comparable": [
            {"part": part, "verdict": verdict, "why": why}
            for part, verdict, why in comparison_rows(found, pair)
        ],
        **passage_lists(found, pair),
    }


def then_and_now_json(found: ThenAndNow) -> dict[str, Any]:
    """All of it, in the stable form of ``python -m provision then-and-now --format json``."""
    return {
        "records": [
            {"name": record_name(r), "on": day.isoformat(), "data_version": r.version}
            for r, day in zip(found.records, found.days, strict=True)
        ],
        "pairs": [
            {"older": older + 1, "newer": newer + 1, **pair_json(found, (older, newer))}
            for older, newer in found.pairs
        ],
        "stretches": [_stretch_json(found, n) for n in range(len(found.stretches))],
        "silences": silence_sentences(found),
        "areas": then_and_now_rows(found),
    }


def _stretch_json(found: ThenAndNow, n: int) -> dict[str, Any]:
    own = found.stretches[n]
    return {
        "record": own.record + 1,
        "service": own.service,
        "start": own.start.isoformat() if own.start_stated else "not stated",
        "end": "ongoing" if own.ongoing else own.end.isoformat() if own.end else "not stated",
        "basis": own.basis.value,
        "sentence": stretch_sentence(found, own),
    }


def _references(record: Record, said: Said) -> list[str]:
    return [reference_text(record, ref) for ref in said.refs]
