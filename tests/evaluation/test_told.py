"""What a result is headed with, that the person is told of it, and who goes on when somebody moves away."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cadre_app.core.documents import document_kinds
from cadre_app.core.reminding import reminder_rules
from cadre_app.core.roles import Role
from cadre_app.evaluation import permissions
from cadre_app.evaluation.models import Campaign, CampaignState, Remark, Subject
from cadre_app.evaluation.services import campaigns
from cadre_app.evaluation.services.results import release_remarks, settle_campaign
from cadre_app.people.models import Trainee
from tests.evaluation.conftest import Village
from tests.evaluation.factories import make_campaign, make_user, put_sheets
from tests.factories import GrantFactory, TraineeFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def counted(village: Village, *others: Trainee, **fields: Any) -> Subject:
    """林知远 with a valid result; of the others nobody said anything."""
    known = {"unit": village.town, "state": CampaignState.CLOSED} | fields
    campaign = make_campaign(village.file, *others, **known)
    subject = campaign.subjects.get(trainee=village.file)
    put_sheets(subject, 12, comment="肯跑")
    settle_campaign(campaign, actor=village.liaison)
    return Subject.objects.get(pk=subject.pk)


def page_of(client: Any, subject: Subject) -> str:
    return client.get(reverse("evaluation:result_detail", kwargs={"pk": subject.pk})).content.decode()


def test_a_result_keeps_its_days_when_the_evaluation_is_extended_for_somebody_else(
    village: Village, client_of: Any
) -> None:
    days = {"opens_on": TODAY - timedelta(days=4), "closed_on": TODAY - timedelta(days=1)}
    subject = counted(village, TraineeFactory.create(home_unit=village.town), **days)
    later = TODAY + timedelta(days=20)
    campaigns.extend_campaign(Campaign.objects.get(pk=subject.campaign_id), closes_on=later, actor=village.liaison)
    text = page_of(client_of(village.staff), subject)
    assert f"to {date_format(days['closed_on'])}" in text
    assert date_format(later) not in text
    paper = document_kinds["evaluation.result"].paper(village.staff, subject.pk)
    assert paper is not None
    assert paper.values["period"].endswith(f"{days['closed_on'].day}日")


def test_one_day_is_written_once(village: Village, client_of: Any) -> None:
    subject = counted(village, opens_on=TODAY, closes_on=TODAY)
    assert f"{date_format(TODAY)} to" not in page_of(client_of(village.staff), subject)
    paper = document_kinds["evaluation.result"].paper(village.staff, subject.pk)
    assert paper is not None
    assert "至" not in paper.values["period"]


def test_the_person_is_told_of_the_result_and_of_comments_to_read(village: Village) -> None:
    rule = reminder_rules["evaluation.own_result"]
    subject = counted(village, TraineeFactory.create(home_unit=village.town))
    (due,) = rule.dues(TODAY)
    assert (due.pk, due.due_day, due.doer_key) == (subject.pk, TODAY, village.own.pk)
    assert list(rule.visible(rule.dues(TODAY), village.own)) == [subject]
    assert not rule.visible(rule.rows(), village.staff).exists()
    first = rule.words(due, TODAY, village.own)
    Subject.objects.filter(pk=subject.pk).update(decided_on=TODAY - timedelta(days=30))
    assert not rule.dues(TODAY).exists()
    remarks = list(Remark.objects.filter(subject=subject).values_list("pk", flat=True))[:1]
    release_remarks(subject, remarks=remarks, actor=village.staff)
    (due,) = rule.dues(TODAY)
    assert due.due_day == TODAY
    assert rule.words(due, TODAY, village.own).why != first.why
    url = reverse("evaluation:result_detail", kwargs={"pk": subject.pk})
    assert rule.words(due, TODAY, village.own).url == url
    Subject.objects.filter(pk=subject.pk).update(released_on=TODAY - timedelta(days=20))
    release_remarks(subject, remarks=remarks, actor=village.staff)
    assert not rule.dues(TODAY).exists()
    release_remarks(subject, remarks=[], actor=village.staff)
    assert Subject.objects.get(pk=subject.pk).released_on is None


def test_when_somebody_moves_away_the_page_says_who_goes_on_and_nobody_else_is_rung(
    village: Village, client_of: Any
) -> None:
    above, other = UnitFactory.create(), TraineeFactory.create(home_unit=village.town)
    other_town = UnitFactory.create(parent=above)
    campaign = make_campaign(village.file, other, unit=village.town, actor=village.liaison)
    rule, url = reminder_rules["evaluation.closing"], reverse("evaluation:campaign_detail", kwargs={"pk": campaign.pk})
    text = "the organization department goes on with this evaluation"
    assert text not in client_of(village.liaison).get(url).content.decode()
    assert campaign in rule.visible(rule.rows(), village.liaison)
    Trainee.objects.filter(pk=other.pk).update(home_unit=other_town)
    there = make_user(other_town)
    for user in type(there).objects.filter(pk__in=[village.liaison.pk, there.pk]):
        assert campaign not in rule.visible(rule.rows(), user)
        assert not permissions.can_close(user, Campaign.objects.get(pk=campaign.pk))
        assert text in client_of(user).get(url).content.decode()
    both = make_user(village.town, Role.STAFF)
    GrantFactory.create(user=both, role=Role.STAFF, unit=other_town)
    both = type(both).objects.get(pk=both.pk)
    assert campaign in rule.visible(rule.rows(), both)
    assert permissions.can_close(both, Campaign.objects.get(pk=campaign.pk))
    assert text not in client_of(both).get(url).content.decode()
