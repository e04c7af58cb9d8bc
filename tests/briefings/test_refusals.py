"""What no briefing is handed on or issued without: text in its last part, and a unit that was there."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.briefings import services
from cadre_app.briefings.models import Briefing
from cadre_app.briefings.papers import paper_values
from cadre_app.org.models import Unit
from tests.briefings.conftest import SINCE, write
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db


def errors_of(caught):
    return dict(caught.value.message_dict.items())


@pytest.mark.parametrize("lacking", ["shortcomings", "plans"])
def test_without_shortcomings_and_next_steps_nothing_is_handed_on(complete, place, leader, lacking):
    bare = write(complete, place.staff, **{lacking: "  "})
    with pytest.raises(ValidationError) as caught:
        services.submit_briefing(bare, actor=place.staff)
    assert [error.code for error in caught.value.error_list] == ["incomplete"]


@pytest.mark.parametrize(
    ("field", "text"), [("shortcomings", "、"), ("shortcomings", "。"), ("plans", "下一步，将"), ("plans", "；")]
)
def test_marks_alone_are_refused_beside_their_field(complete, place, field, text):
    with pytest.raises(ValidationError) as caught:
        write(complete, place.staff, **{field: text})
    assert {name: [error.code for error in errors] for name, errors in caught.value.error_dict.items()} == {
        field: ["marks_alone"]
    }


@pytest.mark.parametrize(("field", "text"), [("shortcomings", "。"), ("plans", "下一步，将")])
def test_marks_alone_that_were_kept_before_are_neither_handed_on_nor_issued(complete, place, leader, field, text):
    Briefing.objects.filter(pk=complete.pk).update(**{field: text})
    with pytest.raises(ValidationError) as caught:
        services.submit_briefing(complete, actor=place.staff)
    assert [error.code for error in caught.value.error_list] == ["incomplete"]
    Briefing.objects.filter(pk=complete.pk).update(plans="继续", shortcomings="写作课偏少")
    submitted = services.submit_briefing(complete, actor=place.staff)
    Briefing.objects.filter(pk=complete.pk).update(**{field: text})
    with pytest.raises(ValidationError) as caught:
        services.issue_briefing(submitted, actor=leader)
    assert [error.code for error in caught.value.error_list] == ["incomplete"]
    submitted.refresh_from_db()
    assert paper_values(submitted)["parts"][-1]["text"].count("（待写）") == 1


def test_gaps_that_are_ticked_take_the_place_of_marks(complete, place):
    filled = write(complete, place.staff, shortcomings="、", suggested=["本期未开展谈心谈话"])
    assert filled.shortcomings == "本期未开展谈心谈话。"


def closed(unit, day):
    Unit.objects.filter(pk=unit.pk).update(closed_on=day)


def test_for_a_unit_that_was_closed_meanwhile_nothing_is_taken_over_handed_on_or_issued(complete, place, leader):
    town = services.create_briefing(unit=place.town, since=SINCE, as_of=TODAY, actor=place.staff)
    town = write(town, place.staff, shortcomings="写作课偏少", plans="增开写作课")
    closed(place.town, TODAY)
    for act, extra in ((services.submit_briefing, {}), (services.take_numbers, {"keys": ["talks"]})):
        with pytest.raises(ValidationError) as caught:
            act(town, actor=place.staff, **extra)
        assert [error.code for error in caught.value.error_list] == ["closed"]
    closed(place.town, None)
    submitted = services.submit_briefing(town, actor=place.staff)
    closed(place.town, SINCE)
    with pytest.raises(ValidationError) as caught:
        services.issue_briefing(submitted, actor=leader)
    assert [error.code for error in caught.value.error_list] == ["closed"]
    closed(place.town, TODAY + timedelta(days=1))
    assert services.issue_briefing(submitted, actor=leader).number == 1


def test_days_before_a_unit_was_opened_are_refused(place):
    Unit.objects.filter(pk=place.town.pk).update(opened_on=date(2023, 3, 1))
    place.town.refresh_from_db()
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        services.create_briefing(unit=place.town, since=date(2022, 1, 1), as_of=date(2022, 12, 31), actor=place.staff)
    assert errors_of(caught) == {"as_of": ["“梧岭镇” was opened on 1 Mar 2023. Choose a last day from then on."]}
    made = services.create_briefing(unit=place.town, since=date(2023, 1, 1), as_of=date(2023, 3, 1), actor=place.staff)
    assert made.as_of == date(2023, 3, 1)
