"""What the growth file says of an assessment, at a desk, on a phone and on paper."""

from dataclasses import replace

import pytest

from cadre_app.appointment.filling import WITHOUT_GRADE
from cadre_app.appraisal.growth.entries import _outcome, judged
from cadre_app.appraisal.models import NoGrade
from cadre_app.appraisal.services import decisions
from cadre_app.core.growth import growth_sources
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import access_of, with_ties
from cadre_app.people.models import Trainee

pytestmark = pytest.mark.django_db


def test_away_and_an_open_case_read_alike_where_a_case_is_not_told_of(town):
    person = with_ties(town.staff, Trainee.objects.select_related("person", "home_unit")).get(pk=town.people[0].pk)
    access = access_of(town.staff, person)
    for there in (replace(access, on_phone=True), replace(access, on_paper=True)):
        assert _outcome("", NoGrade.AWAY, there) == _outcome("", NoGrade.CASE_OPEN, there)
    assert _outcome("", NoGrade.AWAY, access) != _outcome("", NoGrade.CASE_OPEN, access)
    assert WITHOUT_GRADE[NoGrade.AWAY] == WITHOUT_GRADE[NoGrade.CASE_OPEN]


@pytest.mark.parametrize(("where", "is_told"), [("on_phone", False), ("on_paper", False), ("", True)])
def test_an_open_case_is_told_of_at_a_desk_alone(town, where, is_told):
    town.enter(0, "case_open", comment="", case_note="区纪委立案")
    decisions.check_annual(town.row(0), actor=town.staff)
    decisions.sign_off_annual(town.row(0), actor=town.leader)
    person = with_ties(town.staff, Trainee.objects.select_related("person", "home_unit")).get(pk=town.people[0].pk)
    access = access_of(town.staff, person)
    access = replace(access, **{where: True}) if where else access
    [row] = Timeline(person, access).page(size=9, kind="appraisal").rows
    title = growth_sources[row.source].words(row, access).title
    [line] = judged(person.pk, access, 2025)
    said = str(NoGrade.CASE_OPEN.label)
    assert (said in title, said == line.text, title.endswith(line.text)) == (is_told, is_told, True)
