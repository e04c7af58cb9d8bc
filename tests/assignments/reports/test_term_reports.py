"""The report of a village term is due when the term ends, wherever its planned end is moved to."""

from datetime import date
from typing import Any

import pytest

from cadre_app.assignments.models import ProjectState, ResearchProject
from cadre_app.assignments.services import research
from cadre_app.history.models import Entry
from cadre_app.people.models import VillageTerm
from cadre_app.people.services import interruptions, terms
from tests.assignments.factories import make_call, make_project
from tests.assignments.research.conftest import Field

END = date(2027, 8, 31)


@pytest.fixture
def term(field: Field) -> VillageTerm:
    return terms.start_term(
        field.files[0], village=field.district.village, started_on=date(2025, 9, 1), actor=field.staff
    )


def prolonged(term: VillageTerm, field: Field, months: int) -> None:
    terms.change_term(
        term, village=term.village, role="director", started_on=term.started_on, months=months, actor=field.staff
    )


def due() -> date | None:
    return ResearchProject.objects.get().due_on


def test_a_longer_term_gives_its_report_more_time_with_history(field: Field, term: VillageTerm) -> None:
    project = research.start_personal(term, title="山货出村", actor=field.staff)
    assert due() == END
    version = field.anew(project).version
    prolonged(term, field, 30)
    assert (due(), field.anew(project).version) == (date(2028, 2, 29), version + 1)
    assert Entry.objects.about(project).filter(verb="assignments.researchproject.due_followed").count() == 1


def test_interruptions_and_the_end_that_was_taken_back_move_it(field: Field, term: VillageTerm) -> None:
    research.start_personal(term, title="山货出村", actor=field.staff)
    gap = interruptions.interrupt_term(term, started_on=date(2026, 5, 1), reason="病假", actor=field.staff)
    assert due() is None
    interruptions.change_interruption(
        gap, started_on=date(2026, 5, 1), ended_on=date(2026, 5, 10), reason="病假", actor=field.staff
    )
    assert due() == date(2027, 9, 10)


def test_a_call_that_closes_earlier_goes_before_the_term(field: Field, term: VillageTerm) -> None:
    call = make_call(title="明年课题", reports_until=date(2027, 12, 1), reviews_until=date(2027, 12, 20))
    research.start_personal(term, title="山货出村", call=call, actor=field.staff)
    assert due() == END
    prolonged(term, field, 36)
    assert due() == date(2027, 12, 1)


@pytest.mark.parametrize("state", [ProjectState.SUBMITTED, ProjectState.CLOSED])
def test_a_report_that_is_sent_up_keeps_its_day(field: Field, term: VillageTerm, state: str) -> None:
    made: dict[str, Any] = {"term": term, "due_on": END, "state": state}
    if state == ProjectState.SUBMITTED:
        made |= {"submitted_on": date(2026, 11, 1), "submitted_to": "市委组织部"}
    make_project(field.files[0], **made)
    prolonged(term, field, 30)
    assert due() == END


def test_a_team_topic_and_the_report_of_somebody_else_stay(field: Field, term: VillageTerm) -> None:
    other = terms.start_term(
        field.files[1], village=field.district.village, started_on=date(2025, 9, 1), actor=field.staff
    )
    theirs = make_project(field.files[1], term=other, due_on=END)
    team = make_project(*field.files)
    before = {one.pk: one.due_on for one in (theirs, team)}
    prolonged(term, field, 30)
    assert dict(ResearchProject.objects.values_list("pk", "due_on")) == before
