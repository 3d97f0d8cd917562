"""The desk and the screen of the room as a script: steps in order, files, guesses taken down,
records that go on where they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from support import SERVICES, apps
from support.apps import app_text
from support.apps import page_html as words
from support.room import BARNET, KINGSTON, links, opened, press, room

from components.page import messages
from components.page.where import same_page
from components.present import guesses as guesses_present
from components.present import screen, state, workshop_record
from components.present.addresses import addresses
from components.present.answer_slides import answers
from components.present.records import store
from components.present.slides import slides
from provision.record import Record
from provision.workshop.entries import Guessed, Kind, RecordProblem, Revealed
from provision.workshop.reveal import Guess
from provision.workshop.secret_links import reading_id
from provision.workshop.store import Store
from provision.workshop.story import Kind as Is
from provision.workshop.story import Story, default_story, question_of, step, write_story

pytestmark = pytest.mark.usefixtures("records")


def test_the_desk_lists_the_story_of_the_data(london: Record) -> None:
    app = opened()
    assert "nine steps for the room" in words(app)
    labels = app.radio(key="pr_at").options
    assert (
        len(labels) == 9
        and labels[0].startswith(r"1\. 24 of London")
        and "Ask the room" in labels[5]
    )


def test_steps_are_moved_removed_and_renamed() -> None:
    app = opened()
    before = links(app)
    press(app, "pr_down")
    assert links(app)[:2] == [before[1], before[0]] and app.radio(key="pr_at").value == 1
    press(app, "pr_up")
    assert links(app) == before
    press(app, "pr_remove")
    assert links(app) == before[1:]
    own = next(box for box in app.text_input if box.label == "Headline")
    own.set_value("Who has *nothing*")
    next(button for button in app.button if button.label == "Keep these words").click().run()
    assert not app.exception
    assert room(app).story.steps[0].title == "Who has *nothing*"
    assert r"Who has \*nothing\*" in app.radio(key="pr_at").options[0]


def test_a_view_is_added_by_its_address_and_what_cannot_be_is_said() -> None:
    app = opened()
    app.text_input(key="pr_link").set_value("http://localhost:8501/themes?theme=recall")
    press(app, "pr_add_view")
    assert links(app)[1] == "themes?theme=recall" and app.radio(key="pr_at").value == 1
    app.text_input(key="pr_link").set_value("find?find=<script>")
    press(app, "pr_add_view")
    assert "That was not done: 'find' is no page that can be presented" in words(app)
    assert len(links(app)) == 10


def test_the_view_that_one_came_from_is_added(london: Record) -> None:
    app = apps.opened("gaps", {"need": "imd2019_score"})
    app.query_params.clear()
    apps.turn(app, "present")
    press(app, "pr_add_view")
    assert links(app)[1] == "gaps?need=imd2019_score"


def test_an_address_restores_story_and_step_and_notes_the_rest(london: Record) -> None:
    app = opened(story="Ours", steps="view~gaps,view~nowhere,view~coverage?on=2020-04-30")
    assert links(app) == ["gaps", "coverage?on=2020-04-30"]
    assert "Step 2 of the link's story was left aside" in words(app)
    app = opened(step="3")
    assert room(app).step == 2
    app = opened(step="99")
    assert room(app).step == 0
    app = opened(session="nobody-knows-this")
    assert "was not opened" in words(app) and room(app).session == ""


def test_what_the_room_said_is_kept_at_once(records: str, london: Record) -> None:
    app = opened()
    press(app, "pr_begin")
    room(app).step = 1
    workshop_record.note_shown(london, room(app))
    room(app).step = None
    app.radio(key="pr_at").set_value(0)
    app.radio(key="pr_said_kind").set_value(Kind.DECIDED)
    app.text_area(key="pr_said_text").set_value("Ask Barnet first")
    press(app, "pr_keep")
    kept = Store(records).entries(room(app).session)[1:]
    assert [(e.kind, e.data.text, e.data.link) for e in kept] == [
        (Kind.DECIDED, "Ask Barnet first", "gaps")
    ], "not the step that the desk looks at"
    press(app, "pr_keep")
    assert "That was not kept" in words(app)


def test_an_ended_workshop_takes_nothing_until_it_is_gone_on_with(
    records: str, london: Record
) -> None:
    app = press(opened(), "pr_begin")
    press(app, "pr_end")
    session, ask = room(app).session, 5
    assert Store(records).session(session).ended and workshop_record.ENDED in words(app)
    assert app.button(key="pr_keep").disabled and app.text_area(key="pr_said_text").disabled
    sent = {"step": ask, "areas": [BARNET], "reason": "", "id": "a-guess-of-the-browser"}
    guesses_present.guess(london, room(app), sent)
    assert "Not taken down. This workshop has ended" in room(app).refused
    workshop_record.note(
        london,
        room(app),
        {"step": 0, "kind": "note", "text": "late", "id": "a-note-of-the-browser"},
    )
    room(app).step = 0
    workshop_record.note_shown(london, room(app))
    room(app).step = None
    assert [e.kind for e in Store(records).entries(session)] == [Kind.ENDED]
    press(app, "pr_go_on")
    guesses_present.guess(london, room(app), sent)
    assert [e.kind for e in Store(records).entries(session)] == [
        Kind.ENDED,
        Kind.RESUMED,
        Kind.ASKED,
        Kind.GUESSED,
    ]
    assert not Store(records).session(session).ended


def test_a_guess_is_taken_back_by_an_entry_more(records: str, london: Record) -> None:
    app = press(opened(), "pr_begin")
    own, ask = room(app), 5
    for n, area in enumerate((BARNET, KINGSTON, KINGSTON)):
        guesses_present.guess(
            london, own, {"step": ask, "areas": [area], "reason": "", "id": f"guess-number-{n}"}
        )
    app.run()
    press(app, "pr_back_guess-number-1")
    guesses_present.take_back(own, "guess-number-1")  # pressed twice
    guesses_present.take_back(own, "nobody-made-this")
    kept = Store(records).entries(own.session)
    assert [e.kind for e in kept] == [Kind.ASKED, *[Kind.GUESSED] * 3, Kind.WITHDRAWN]
    found = guesses_present.guesses(london, own)[own.story.steps[ask].link]
    assert [(g["id"], g["names"]) for g in found["guesses"]] == [
        ("guess-number-0", "Barnet"),
        ("guess-number-2", "Kingston upon Thames"),
    ]
    assert found["counts"] == {BARNET: 1, KINGSTON: 1}


def test_a_step_that_stands_on_the_screen_is_kept_once_and_again_when_it_comes_back(
    records: str, london: Record
) -> None:
    story = default_story(london)
    own = state.Room(story, story)
    workshop_record.begin(london, own)
    for place in (0, 0, 1, 0, 5, 0, 5):
        own.step = place
        workshop_record.note_shown(london, own)
    kept = [(e.kind.value, e.data.link) for e in Store(records).entries(own.session)]
    ask = story.steps[5].link
    assert kept == [
        *(("shown", link) for link in ("coverage", "gaps", "coverage", ask)),
        ("asked", ask),
        ("shown", "coverage"),
        ("shown", ask),
    ]
    assert workshop_record.on_stage(own) == ask


def test_what_another_window_writes_is_read(london: Record) -> None:
    story = default_story(london)
    own = state.Room(story, story)
    workshop_record.begin(london, own)
    other = state.Room(story, story, session=own.session)
    assert workshop_record.entries(other) == []
    workshop_record.keep(own, Kind.NOTE, {"text": "from the other window"})
    assert [getattr(e.data, "text", "") for e in workshop_record.entries(other)] == [
        "from the other window"
    ]


def test_of_messages_that_arrive_together_each_is_taken_and_the_first_refusal_is_said(
    london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = default_story(london)
    own = state.Room(story, story, step=5)
    sent = [
        {"id": "guess-one", "event": "guess", "value": {"step": 5, "areas": [], "reason": ""}},
        {
            "id": "guess-two",
            "event": "guess",
            "value": {"step": 5, "areas": [BARNET], "reason": ""},
        },
        {"id": "a-turn-of-the-step", "event": "shown", "value": 6},
        {"id": "what-nobody-knows", "event": "import os", "value": None},
    ]
    monkeypatch.setattr(st, "session_state", {"screen": {"sent": sent}})
    screen._arrived(london, own)
    assert "choose at least one" in own.refused and own.step == 6
    assert [e.kind for e in workshop_record.entries(own)] == [
        Kind.ASKED,
        Kind.GUESSED,
        Kind.SHOWN,
        Kind.REVEALED,
    ]
    screen._arrived(london, own)  # sent again with what came next
    assert len(workshop_record.entries(own)) == 4 and own.refused


def test_a_note_that_waits_for_the_disk_is_not_confirmed(
    london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = default_story(london)
    own = state.Room(story, story, step=0)
    workshop_record.begin(london, own)
    good = store()

    def fails() -> Store:
        raise RecordProblem("the disk is full", "make room")

    said = {"kind": "note", "step": 0, "text": "said now"}
    sent = [{"id": "a-note-of-the-room", "event": "note", "value": said}]
    monkeypatch.setattr(st, "session_state", {"screen": {"sent": sent}})
    monkeypatch.setattr(workshop_record, "store", fails)
    screen._arrived(london, own)
    assert messages.confirmed("screen", own.waiting.ids) == [] and "in this tab" in own.refused
    monkeypatch.setattr(workshop_record, "store", lambda: good)
    workshop_record.flush(own)
    assert messages.confirmed("screen", own.waiting.ids) == ["a-note-of-the-room"]


def test_a_note_of_the_screen_begins_a_record_and_is_kept_with_its_step(
    records: str, london: Record
) -> None:
    story = default_story(london)
    own = state.Room(story, story, step=1)
    for sent in (
        {},
        {"kind": "ended", "step": 1, "text": "x"},
        {"kind": ["note"], "step": 1, "text": "x"},
        {"kind": "note", "step": 99, "text": "x"},
    ):
        workshop_record.note(london, own, sent)
    assert not own.session
    workshop_record.note(
        london,
        own,
        {"kind": "contested", "step": 1, "text": "Not so", "id": "a-note-of-the-browser"},
    )
    (kept,) = Store(records).entries(own.session)
    assert (kept.kind, kept.data.link, own.noted) == (
        Kind.CONTESTED,
        "gaps",
        "a-note-of-the-browser",
    )


def test_the_choices_of_the_room_are_told_once_each(london: Record) -> None:
    """Kingston and Wandsworth reach three, Barnet and Enfield one."""
    wandsworth, enfield = "E09000032", "E09000010"
    question = question_of(london, default_story(london).steps[5])

    def told(*areas: str) -> dict[str, Any]:
        return answers(
            london,
            question,
            tuple(
                Guess((area,), reason, f"guess-{n}")
                for n, (area, reason) in enumerate(zip(areas, "abcdefg", strict=False))
            ),
        )

    found = told(BARNET, KINGSTON, wandsworth, enfield, BARNET, enfield)
    assert found["said"] == "Two of the six guesses are among the best."
    assert [choice["names"] for choice in found["choices"]] == [
        "Barnet, two guesses",
        "Kingston upon Thames",
        "Wandsworth",
        "Enfield, two guesses",
    ]
    assert found["rows"] == [
        {"words": "3; as much as the best", "choices": [1, 2]},
        {"words": "1; the best reaches 3", "choices": [0, 3]},
    ]
    assert found["choices"][found["first"]]["caption"] == "Guesses 4 and 6: Enfield", (
        "no choice has the most: the last, and not as the room's"
    )
    assert [choice["reasons"] for choice in found["choices"]] == ["a; e", "b", "c", "d; f"]
    most = told(BARNET, KINGSTON, BARNET, enfield)
    assert most["choices"][most["first"]]["caption"] == "Most guessed, 2 of 4: Barnet"
    (only,) = told(enfield)["choices"]
    assert only["caption"] == "The only guess: Enfield"


def test_the_desk_offers_nobody_elses_record(records: str, london: Record) -> None:
    store = Store(records)
    secret = store.start("A workshop of others", write_story(default_story(london)), london.version)
    app = opened()
    shown = app_text(app) + " ".join(str(e.value) for e in [*app.text_input, *app.caption])
    assert "A workshop of others" not in shown and secret not in shown
    assert not [s for s in app.selectbox if s.key == "pr_old"]


def test_the_link_for_reading_writes_nothing_and_tells_no_secret(
    records: str, london: Record
) -> None:
    store = Store(records)
    secret = store.start("Ours", write_story(default_story(london)), london.version)
    store.add(secret, Kind.NOTE, {"text": "Kept before"})
    app = apps.opened("present", {"session": reading_id(secret)})
    assert "Kept before" in words(app) and workshop_record.READS in words(app)
    keys = {b.key for b in app.button}
    assert "pr_leave_record" in keys and not keys & {"pr_keep", "pr_end", "pr_go_on"}
    assert secret not in app_text(app) and secret not in str(app.query_params)
    own = app.session_state["room"]
    workshop_record.keep(own, Kind.ENDED, {})
    screen_of = state.Room(own.story, own.story, 5, own.session, reads=True, version=london.version)
    guesses_present.guess(london, screen_of, {"step": 5, "areas": [BARNET], "reason": ""})
    workshop_record.note_shown(london, screen_of)
    assert [e.kind for e in store.entries(secret)] == [Kind.NOTE]
    assert screen_of.refused == own.refused == workshop_record.READS


def test_the_facilitators_desk_gives_both_links(records: str, london: Record) -> None:
    app = opened()
    press(app, "pr_begin")
    (session,) = Store(records).sessions()
    links = {i.key.rpartition("_")[0]: i.value for i in app.text_input if "_link_" in str(i.key)}
    assert links["pr_link_facilitator"].endswith(f"present?session={session.id}")
    assert links["pr_link_reader"].endswith(f"present?session={reading_id(session.id)}")


def test_a_guess_begins_a_record_and_a_new_session_goes_on_with_it(
    records: str, london: Record
) -> None:
    story = default_story(london)
    own = state.Room(story, story, step=5)
    guesses_present.guess(
        london,
        own,
        {
            "step": 5,
            "areas": [BARNET],
            "reason": "  Many women there ",
            "id": "a-guess-of-the-browser",
        },
    )
    # sent again
    guesses_present.guess(
        london,
        own,
        {
            "step": 5,
            "areas": [BARNET],
            "reason": "Many women there",
            "id": "a-guess-of-the-browser",
        },
    )
    guesses_present.guess(
        london, own, {"step": 5, "areas": [KINGSTON], "reason": "", "id": "another-guess"}
    )
    assert not own.refused
    kept = Store(records).entries(own.session)
    assert [e.kind for e in kept] == [Kind.ASKED, Kind.GUESSED, Kind.GUESSED]
    assert kept[1].data == Guessed(asked=kept[0].id, areas=(BARNET,), reason="Many women there")
    own.step = 6
    workshop_record.note_shown(london, own)
    workshop_record.note_shown(london, own)  # seen again, with nothing new
    (told,) = [e.data for e in Store(records).entries(own.session) if isinstance(e.data, Revealed)]
    assert (told.gain, told.ties, [r.missed for r in told.results]) == (3, 2, [2, 0])
    resumed = opened(session=own.session, step="7")
    found = guesses_present.guesses(london, room(resumed))[story.steps[5].link]["guesses"]
    assert [guess["names"] for guess in found] == ["Barnet", "Kingston upon Thames"]


@pytest.mark.parametrize(
    ("areas", "why"),
    [
        ([], "choose at least one"),
        ([BARNET, KINGSTON], "the question is about one"),
        (["E09000099"], "no borough"),
        (["<b>"], "no borough"),
    ],
)
def test_a_guess_that_cannot_be_is_said_and_not_kept(
    london: Record, areas: list[str], why: str
) -> None:
    story = default_story(london)
    own = state.Room(story, story, step=5)
    guesses_present.guess(london, own, {"step": 5, "areas": areas, "reason": ""})
    assert why in own.refused and not own.session


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"step": 99, "areas": [], "reason": ""},
        {"step": 0, "areas": [BARNET], "reason": ""},
        {"step": 5, "areas": BARNET, "reason": 3},
    ],
)
def test_what_no_screen_sends_is_passed_over(london: Record, sent: dict[str, object]) -> None:
    story = default_story(london)
    own = state.Room(story, story, step=5)
    guesses_present.guess(london, own, sent)
    assert not own.session and not own.refused


def test_what_cannot_be_kept_waits_and_goes_with_what_comes_next(
    records: str, london: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = default_story(london)
    own = state.Room(story, story)
    workshop_record.begin(london, own)
    good = store()

    def fails() -> Store:
        raise RecordProblem("the disk is full", "make room")

    monkeypatch.setattr(workshop_record, "store", fails)
    workshop_record.keep(own, Kind.NOTE, {"text": "first"})
    assert "the disk is full" in own.refused and not good.entries(own.session)
    monkeypatch.setattr(workshop_record, "store", lambda: good)
    workshop_record.keep(own, Kind.NOTE, {"text": "second"})
    assert [getattr(e.data, "text", "") for e in Store(records).entries(own.session)] == [
        "first",
        "second",
    ] and not own.refused


def test_data_that_change_while_it_is_shown_keep_step_record_and_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services.yaml"
    services.write_text(SERVICES, encoding="utf-8")
    monkeypatch.setenv("PROVISION_SERVICES", str(services))
    app = opened(steps="view~coverage?services=minerva-crc,view~gaps~note:" + "x" * 400)
    press(app, "pr_begin")
    session = room(app).session
    services.write_text(SERVICES.replace("minerva-crc", "minerva-one"), encoding="utf-8")
    app.run()
    assert not app.exception
    assert links(app) == ["gaps"] and room(app).session == session
    assert "because the data have changed" in words(app)


def test_every_slide_of_every_kind_can_be_drawn(
    london: Record, city: Record, farwater: Record
) -> None:
    kinds = ["map", "list", "calendar", "grid", "map", "ask", "best", "map", "map"]
    assert [slide["type"] for slide in slides(london, default_story(london))] == kinds
    assert all(
        slide["headline"] and slide["foot"]
        for record in (city, farwater)
        for slide in slides(record, default_story(record))
    )
    further = [
        "borough?area=E09000011",
        "themes",
        "themes?theme=recall",
        "intersections",
        "intersections?themes=recall,young-women",
        "scenario",
        "coverage?view=tiles",
    ]
    story = Story("", tuple(step(london, Is.VIEW, link) for link in further))
    assert [slide["type"] for slide in slides(london, story)] == [
        "map",
        "grid",
        "map",
        "map",
        "map",
        "map",
        "map",
    ]


def test_a_title_takes_the_headline_and_the_sentence_stays(london: Record) -> None:
    named = step(london, Is.VIEW, "coverage", title="Where we are")
    (slide,) = slides(london, Story("", (named,)))
    assert slide["headline"] == "Where we are"
    assert slide["under"][0] == slide["sentence"] and slide["sentence"].startswith("24 of London")


def test_a_question_without_an_answer_is_said(london: Record) -> None:
    everywhere = ",".join(str(code) for code in london.codes[london.counted])
    (slide,) = slides(london, Story("", (step(london, Is.BEST, f"scenario?hubs={everywhere}"),)))
    assert slide["type"] == "words" and "cannot be asked" in slide["headline"]


def test_the_answer_is_the_exact_best_by_hand(farwater: Record) -> None:
    """The screen of the best says what the exact search says of the invented city."""
    own = step(farwater, Is.BEST, "scenario?best=1~land")
    (slide,) = slides(farwater, Story("", (own,)))
    assert slide["type"] in ("best", "words")
    assert slide["headline"]


def test_codes_lead_to_the_view_under_the_address_of_the_explorer(london: Record) -> None:
    story = Story("", (step(london, Is.VIEW, "coverage?on=2020-04-30"),))
    (found,) = addresses(story, "https://maps.example/under/present?step=1")
    assert found["address"] == "https://maps.example/under/coverage?on=2020-04-30"
    assert found["code"].startswith("data:image/svg+xml") and found["warning"] == ""
    (alone,) = addresses(story, "http://localhost:8501/present")
    assert "Only this computer" in alone["warning"]
    long = Story("", (step(london, Is.VIEW, "coverage?find=" + "x" * 80),) * 1)
    assert addresses(long, "https://maps.example/" + "y" * 4000 + "/present")[0]["code"] == ""


def test_links_that_leave_hold_the_address_where_the_explorer_is_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PROVISION_ADDRESS", raising=False)
    assert (
        link_of(opened()).startswith("http://localhost")
        and same_page("http://localhost:8501/gaps") == "http://localhost:8501/gaps"
    )
    monkeypatch.setenv("PROVISION_ADDRESS", "https://gaps.example.org/women/")
    assert link_of(opened()).startswith("https://gaps.example.org/women/present?")
    assert (
        same_page("http://localhost:8501/gaps") == "https://gaps.example.org/women/gaps"
        and same_page("") == ""
    )
    assert same_page("http://localhost:8501/") == "https://gaps.example.org/women/", (
        "the landing page"
    )


def link_of(app: AppTest) -> str:
    (found,) = (box.value for box in app.text_input if box.label == "Link to the story, to copy")
    return str(found)


def test_a_story_file_is_opened_and_a_broken_one_changes_nothing(london: Record) -> None:
    app = opened()
    before = links(app)
    text = write_story(Story("Two", (step(london, Is.VIEW, "gaps"),)))
    app.file_uploader(key="pr_upload").upload("two.yaml", text.encode(), "application/yaml").run()
    press(app, "pr_use")
    assert links(app) == ["gaps"] and room(app).story.name == "Two"
    app.file_uploader(key="pr_upload").upload(
        "bad.yaml", b"story: 1\nsteps:\n  - {view: nope}\n", "application/yaml"
    ).run()
    press(app, "pr_use")
    assert "bad.yaml:3" in words(app) and links(app) == ["gaps"]
    press(app, "pr_default")
    assert links(app) == before
