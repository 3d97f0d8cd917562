"""Present: the story of the data on a projector, a step at a time; and the desk where it is put
together, and what was said is kept."""

from __future__ import annotations

from components.coverage.panels import headline
from components.page.context import PageContext, PageEntry
from components.page.direct import run_app
from components.page.frame import address, notices, record_choice
from components.present import desk as present_desk
from components.present import screen as present_screen
from components.present import state as present_state
from provision.english import number
from provision.workshop.story import FIELDS


def page(context: PageContext) -> None:
    """The step that the address names, on the whole screen; without one, the desk."""
    record = context.record
    room = present_state.room(record)
    if room.step is None:
        many = len(room.story.steps)
        headline(
            context,
            f"{room.story.name or 'A story'}: {number(many)} step{'s' * (many > 1)} for the room",
        )
        record_choice(record)
        notices((), room.notes)
        present_desk.desk(record, room)
    else:
        present_screen.present(record, room)
    address(context, present_state.fields(room))


PAGE = PageEntry("Present", page, own=FIELDS, keeps_address=True, cited=False, chooses_record=False)

if __name__ == "__main__":  # a fresh server's first visitor can arrive here on a deep link
    run_app()
