"""What a phone is shown, as plain data for the template: by the state of the room and by what this
phone has answered."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from components.present.answer_slides import best_of_link, drawn_for_question
from provision.english import number
from provision.links.published import published
from provision.record import Record
from provision.room.codes import seen_by
from provision.room.network import room_only
from provision.room.phone_map import WIDTH, phone_map
from provision.room.questions import OPEN_TEXT
from provision.room.state import Phase, RoomState, Round
from provision.room.tally import counts, names_of, numbers, plain_number
from provision.text.best_hubs import best_sentence
from provision.workshop.answers import Answer
from provision.workshop.entries import Answered, Option
from provision.workshop.story import terms_sentence

HOURS = 12  # that a phone's cookie is kept
SHADES = 4  # steps of grey for counts


def phone_page(
    record: Record | None, session: str, state: RoomState, device: str, code: str
) -> dict[str, Any]:
    """What the template needs, without words of its own on what went wrong."""
    own = state.now if state.is_open else None
    page: dict[str, Any] = {
        "code": code,
        "stamp": state.stamp,
        "closed": not state.is_open,
        "phase": state.phase.value if state.is_open else "",
        "question": state.current,
        "hours": HOURS,
        "wrong": "",
        "asked": None,
        "key": seen_by(session, device, "form"),
    }
    if own is None:
        return page
    _, mine = own.answers.get(seen_by(session, device, own.id), ("", None))
    page["asked"] = _question(own) | {"terms": _terms(record, own)}
    page["yours"] = words_of(own, mine) if mine else ""
    page["options"] = [_option(option, mine) for option in own.asked.options]
    page["value"] = _value(own, mine)
    page["map"] = _map(record, own, mine) if own.asked.answer == Answer.AREAS else None
    page["result"] = _result(record, state, own) if own.phase is Phase.REVEALED else None
    return page


def with_sent(page: dict[str, Any], sent: dict[str, list[str]]) -> dict[str, Any]:
    """The page as the person had filled it in, where it was no answer."""
    chosen = set(sent.get("choice", ()))
    for option in page.get("options", ()):
        option["chosen"] = option["id"] in chosen
        option["place"] = (sent.get(f"rank-{option['id']}") or [""])[0][:2]
    page["value"] = (sent.get("text") or sent.get("number") or [""])[0][:400]
    return page


def words_of(own: Round, given: Answered) -> str:
    """An answer in words."""
    match Answer(own.asked.answer):
        case Answer.NUMBER:
            return f"{plain_number(given.number or 0)} {own.asked.unit}".strip()
        case Answer.TEXT:
            return given.text
        case Answer.ORDER:
            names = {option.id: option.name for option in own.asked.options}
            return ", ".join(f"{n}. {names[id_]}" for n, id_ in enumerate(given.chosen, 1))
        case _:
            return names_of(own, given.chosen)


def _question(own: Round) -> dict[str, Any]:
    asked = own.asked
    how = {
        Answer.AREAS: _choose(asked.most),
        Answer.THEMES: _choose(asked.most),
        Answer.ORDER: "Give each option a place. 1 comes first.",
        Answer.NUMBER: f"Write a number{f' ({asked.unit})' if asked.unit else ''}.",
        Answer.SCALE: "Choose one.",
        Answer.TEXT: f"Write one line, at most {OPEN_TEXT} characters. No names of people.",
    }[Answer(asked.answer)]
    return {
        "question": asked.question,
        "answer": asked.answer,
        "most": asked.most,
        "unit": asked.unit,
        "ends": asked.ends,
        "how": how,
        "longest": OPEN_TEXT,
    }


def _terms(record: Record | None, own: Round) -> str:
    """By what a choice of places is measured."""
    if record is None or own.asked.answer != Answer.AREAS:
        return ""
    return terms_sentence(record, best_of_link(record, own.asked.link)[0])


def _choose(most: int) -> str:
    return "Choose one." if most == 1 else f"Choose up to {number(most)}."


def _option(option: Option, mine: Answered | None) -> dict[str, Any]:
    chosen = list(mine.chosen) if mine else []
    place = str(chosen.index(option.id) + 1) if option.id in chosen else ""
    return {"id": option.id, "name": option.name, "chosen": bool(place), "place": place}


def _value(own: Round, mine: Answered | None) -> str:
    if mine is None:
        return ""
    return mine.text or ("" if mine.number is None else f"{mine.number:g}")


def _map(record: Record | None, own: Round, mine: Answered | None) -> dict[str, Any] | None:
    """The areas as they are drawn on a phone: warm where there is nothing, with the mark of their
    class; or shaded by the answers once they are told."""
    if record is None:
        return None
    drawn, small = drawn_for_question(record, own.asked.link), phone_map(record)
    told = own.phase is Phase.REVEALED
    many = {id_: n for id_, _, n in counts(own)} if told else {}
    chosen, places = set(mine.chosen) if mine else set(), {o.id for o in own.asked.options}
    most = max(many.values(), default=0)
    areas = []
    for area, (kind, _) in zip(record.areas, drawn["areas"], strict=True):
        looks = drawn["classes"][kind]
        bold = looks["bold"]
        shade = -(-SHADES * many.get(area.code, 0) // most) if most else 0
        areas.append(
            {
                "code": area.code,
                "path": small.paths.get(area.code, ""),
                "at": small.at[area.code],
                "tile": small.tiles[area.code],
                "label": area.label or area.name[:3],
                "looks": f"shade{shade}" if told else looks["id"] if bold else "covered",
                "mark": (str(many[area.code]) if many.get(area.code) else "")
                if told
                else (looks["mark"] if bold else ""),
                "mine": area.code in chosen,
                "place": area.code in places,
            }
        )
    key = [] if told else [(c["mark"], c["label"]) for c in drawn["classes"] if c["bold"]]
    return {
        "areas": areas,
        "tiles": {a["code"]: a["tile"] for a in areas},
        "labels": {a["code"]: a["label"] for a in areas},
        "drawn": bool(small.paths),
        "width": WIDTH,
        "height": small.height,
        "key": key,
    }


def _result(record: Record | None, state: RoomState, own: Round) -> dict[str, Any]:
    kind = Answer(own.asked.answer)
    rows = (
        [(name, n) for name, n in numbers(own)]
        if kind is Answer.NUMBER
        else [(name, n) for _, name, n in counts(own)]
    )
    texts = [
        answer.text for id_, answer in own.answers.values() if id_ in state.passed and answer.text
    ]
    most = max((n for _, n in rows), default=1) or 1
    return {
        "sentence": own.told.sentence if own.told else "",
        "rows": [{"name": name, "n": n, "share": round(100 * n / most)} for name, n in rows],
        "points": kind is Answer.ORDER,
        "texts": texts,
        "best": _best(record, own),
        "link": _link(own),
    }


def _best(record: Record | None, own: Round) -> str:
    """The exact best in words, once the room was shown it."""
    if own.best is None or record is None:
        return ""
    asked, found = best_of_link(record, own.asked.link)
    return found if isinstance(found, str) else best_sentence(record, asked, found)


def _link(own: Round) -> str:
    """The address of the view, where this phone can open it."""
    if not own.asked.link or (room_only() and not published()):
        return ""
    return urljoin(f"{published()}/" if published() else "/", own.asked.link)
