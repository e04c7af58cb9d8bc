"""What may be entered about somebody stands on their file, with the person filled in."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, UnitQuota
from cadre_app.appraisal.views import annual
from cadre_app.assignments.models import Posting, PostingState
from cadre_app.conduct.models import NamedStaff
from cadre_app.core.growth import entry_links
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import MentorKind, Pairing, PairingReview
from cadre_app.people.models import Person, Trainee
from tests.assignments.factories import make_posting
from tests.factories import PersonFactory, TraineeFactory, UserFactory
from tests.people.conftest import _on_the_day, client_of, place, sign_in, trainee

__all__ = ["_on_the_day", "client_of", "place", "sign_in", "trainee"]

STAFF = [
    "advancement.outcome",
    "appointment.form",
    "assignments.leave",
    "assignments.posting",
    "care.held",
    "care.held_visit",
    "care.occasion",
    "care.talk",
    "care.visit",
    "conduct.reward",
    "evaluation.campaign",
    "handover.material",
    "training.outside",
]
OWN = ["achievements.achievement", "assignments.own_leave", "care.ask", "training.own_outside"]
LIAISON = ["assignments.leave", "assignments.posting", "conduct.reward", "evaluation.campaign"]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def offered(client, trainee) -> dict[str, str]:
    page = client.get(reverse("growth:file", kwargs={"pk": trainee.pk}))
    keys = {link: key for key, link in entry_links.items()}
    return {keys[link]: re.sub(r"[?&](back|from)=[^&#]*", "", url) for link, url in page.context["to_enter"]}


def test_staff_reach_every_form_in_one_press(place, trainee, client_of):
    client = client_of(place.staff)
    found = offered(client, trainee)
    assert sorted(found) == STAFF
    assert [key for key, url in found.items() if client.get(url).status_code != 200] == []


def test_a_phone_is_not_led_to_forms_that_do_not_open_there(place, trainee, client_of):
    leader = place.somebody(Role.LEADER, place.top)
    named = {"user": place.staff, "named_by_user": leader, "named_on": date(2026, 1, 1), "reason": "分工"}
    NamedStaff.objects.create(unit=place.top, **named)
    client = client_of(place.staff)
    restricted = {"conduct.sanction", "conduct.admonition"}
    assert set(offered(client, trainee)) & restricted == restricted
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Mobile"
    assert set(offered(client, trainee)) & restricted == set()


def test_the_person_is_filled_in(place, trainee, client_of):
    client = client_of(place.staff)
    found = offered(client, trainee)
    assert client.get(found["handover.material"]).context["form"]["person"].value() == str(trainee.person_id)
    assert client.get(found["evaluation.campaign"]).context["form"]["trainees"].value() == [str(trainee.pk)]
    assert client.get(found["advancement.outcome"]).context["trainee"].pk == trainee.pk


@pytest.mark.parametrize("key", ["handover.material", "evaluation.campaign"])
@pytest.mark.parametrize("typed", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_whoever_is_named_wrongly_in_the_address_is_not_filled_in(place, trainee, client_of, key, typed):
    client = client_of(place.staff)
    url = offered(client, trainee)[key]
    name = {"handover.material": str(trainee.person_id), "evaluation.campaign": str(trainee.pk)}[key]
    page = client.get(url.replace(name, typed))
    assert (page.status_code, "checked" in page.content.decode()) == (200, False)


def test_the_person_enters_what_is_their_own(place, trainee, client_of):
    own = UserFactory.create(unit=place.town, kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=own)
    client = client_of(own)
    found = offered(client, trainee)
    assert sorted(found) == OWN
    assert [key for key, url in found.items() if client.get(url).status_code != 200] == []


def paired(place, trainee, **review):
    """A mentor with an account, whose pairing with the person runs and whose review is open."""
    account = UserFactory.create(unit=place.town, kind="mentor")
    mentor = PersonFactory.create(name="何守谦", account=account)
    days = {"started_on": date(2026, 5, 24), "due_on": date(2028, 5, 23), "check_in_days": 30}
    days |= {"last_record_on": date(2026, 5, 24), "choice_reason": "熟悉该村"}
    pairing = Pairing.objects.create(trainee=trainee, mentor=mentor, kind=MentorKind.POLITICAL, **days)
    period = {"period_from": date(2026, 5, 24), "period_until": date(2026, 11, 25)} | review
    return account, pairing, PairingReview.objects.create(pairing=pairing, is_final=False, **period)


def test_the_mentor_writes_from_the_file_of_the_mentee(place, trainee, client_of):
    account, pairing, review = paired(place, trainee)
    client = client_of(account)
    found = offered(client, trainee)
    assert found == {
        "mentorship.note": reverse("mentorship:note_new", query={"pairing": str(pairing.pk)}),
        "mentorship.check_in": reverse("mentorship:check_in_new", kwargs={"pk": pairing.pk}),
        "mentorship.review": reverse("mentorship:review_mentor_part", kwargs={"pk": review.pk}),
    }
    assert [key for key, url in found.items() if client.get(url).status_code != 200] == []


def test_the_mentee_writes_the_own_part_of_the_review(place, trainee, client_of):
    _account, _pairing, review = paired(place, trainee)
    own = UserFactory.create(unit=place.town, kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=own)
    part = offered(client_of(own), trainee)["mentorship.review"]
    assert part == reverse("mentorship:review_trainee_part", kwargs={"pk": review.pk})


def test_a_review_is_offered_when_it_can_be_written(place, trainee, client_of):
    account, _pairing, _review = paired(place, trainee, period_until=date(2027, 6, 30))
    assert sorted(offered(client_of(account), trainee)) == ["mentorship.check_in", "mentorship.note"]


def test_the_host_writes_the_appraisal_from_the_file(place, trainee, client_of):
    account = UserFactory.create(unit=place.town, kind="office")
    host = PersonFactory.create(name="温如玉", account=account)
    posting = make_posting(trainee, actor=place.staff, on=date(2026, 9, 1), supervisor=host)
    client = client_of(account)
    assert offered(client, trainee) == {}
    ended = {"state": PostingState.RETURNED, "ended_on": date(2026, 11, 20), "return_reason": "任务完成"}
    Posting.objects.filter(pk=posting.pk).update(**ended)
    found = offered(client, trainee)
    assert found == {"assignments.appraisal": reverse("assignments:appraisal_write", kwargs={"pk": posting.pk})}
    assert client.get(found["assignments.appraisal"]).status_code == 200


@pytest.mark.parametrize(("role", "keys"), [(Role.LEADER, []), (Role.LIAISON, LIAISON)])
def test_others_are_offered_what_they_may_enter(place, trainee, client_of, role, keys):
    assert sorted(offered(client_of(place.somebody(role, place.top)), trainee)) == keys


def test_only_named_staff_are_offered_discipline(place, trainee, client_of):
    leader = place.somebody(Role.LEADER, place.top)
    named = {"user": place.staff, "named_by_user": leader, "named_on": date(2026, 1, 1), "reason": "分工"}
    NamedStaff.objects.create(unit=place.top, **named)
    found = offered(client_of(place.staff), trainee)
    assert sorted(found) == sorted([*STAFF, "conduct.admonition", "conduct.sanction"])


def test_the_annual_assessment_is_offered_where_a_year_is_open(place, trainee, client_of):
    year = AssessmentYear.objects.create(
        unit=place.top, year=2026, starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31)
    )
    quota = UnitQuota.objects.create(campaign=year, unit=place.town)
    found = offered(client_of(place.staff), trainee)
    address = reverse("appraisal:annual_grid", kwargs={"pk": quota.pk})
    assert found["appraisal.annual"] == f"{address}?person={trainee.pk}#person-{trainee.pk}"


def test_the_table_of_the_unit_opens_at_the_person(place, trainee, client_of, monkeypatch):
    monkeypatch.setattr(annual, "AT_ONCE", 1)
    year = AssessmentYear.objects.create(
        unit=place.top, year=2026, starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31)
    )
    quota = UnitQuota.objects.create(campaign=year, unit=place.town)
    other = TraineeFactory.create(person=PersonFactory.create(name="艾一"), home_unit=place.town)
    for one in (trainee, other):
        AnnualAssessment.objects.create(trainee=one, year=2026, quota=quota, status=one.status)
    client = client_of(place.staff)
    url = reverse("appraisal:annual_grid", kwargs={"pk": quota.pk})
    for one in (trainee, other):
        body = client.get(url, {"person": str(one.pk)}).content.decode()
        assert f'id="person-{one.pk}"' in body
    assert client.get(url, {"person": "x"}).status_code == 200


def test_a_closed_file_offers_the_papers_of_whoever_left_alone(place, trainee, client_of):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on=date(2026, 8, 31))
    assert sorted(offered(client_of(place.staff), trainee)) == ["handover.material"]
