"""The list, one evaluation, the result: what they show to whom, and what they cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cadre_app.core.documents import document_kinds
from cadre_app.core.figures import Asked, figures
from cadre_app.core.growth import growth_sources
from cadre_app.core.reminding import reminder_rules
from cadre_app.documents.wording import day_text
from cadre_app.evaluation.growth import summary
from cadre_app.evaluation.models import CampaignState, Outcome, Remark, Subject
from cadre_app.evaluation.papers import result_values
from cadre_app.evaluation.reading import spreads
from cadre_app.evaluation.wording import whole_percents
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import resolve
from tests.evaluation.conftest import Village
from tests.evaluation.factories import make_campaign, subject_of
from tests.factories import TraineeFactory

pytestmark = pytest.mark.django_db
COUNTS = [[6, 4, 0, 0, 2], [5, 2, 1, 0, 4], [12, 0, 0, 0, 0], [4, 4, 2, 1, 1], [7, 2, 1, 0, 2]]
FAR = date(2099, 1, 1)


def settled(village: Village, **fields: Any) -> Subject:
    campaign = make_campaign(village.file, unit=village.town, state=CampaignState.VALID, **fields)
    known = {"outcome": Outcome.VALID, "decided_on": timezone.localdate(), "sheets": 12, "judged": 10, "satisfied": 9}
    Subject.objects.filter(campaign=campaign).update(counts=COUNTS, **known)
    return subject_of(campaign)


def queries(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?q=林知", 2),
        ("?q=陈", 0),
        ("?state=open", 1),
        ("?state=valid", 1),
        ("?state=voided", 0),
        ("?way=paper", 2),
        ("?way=code", 0),
        ("?until=2020-01-01", 0),
        ("?counted_since=2020-01-01", 1),
        ("?sort=-closes_on", 2),
        ("?sort=satisfied", 2),
        ("?after=xyz", 2),
    ],
)
def test_what_the_list_is_narrowed_to(village: Village, client_of: Any, query: str, found: int) -> None:
    settled(village)
    response = client_of(village.liaison).get(reverse("evaluation:campaign_list") + query)
    assert len(response.context["table"].rows) == found


def test_the_list_costs_the_same_with_one_and_three(village: Village, client_of: Any) -> None:
    client = client_of(village.liaison)
    url = reverse("evaluation:campaign_list")
    one = queries(client, url)
    for _number in range(2):
        make_campaign(TraineeFactory.create(home_unit=village.town), village.file, unit=village.town)
    assert queries(client, url) == one


def test_the_page_of_an_evaluation_costs_the_same_with_one_and_three_people(village: Village, client_of: Any) -> None:
    client = client_of(village.liaison)
    url = reverse("evaluation:campaign_detail", kwargs={"pk": village.campaign.pk})
    one = queries(client, url)
    for _number in range(2):
        Subject.objects.create(campaign=village.campaign, trainee=TraineeFactory.create(home_unit=village.town))
    assert queries(client, url) == one


def test_an_empty_list_says_what_to_do(village: Village, client_of: Any) -> None:
    Subject.objects.all().delete()
    text = client_of(village.liaison).get(reverse("evaluation:campaign_list")).content.decode()
    assert "No community evaluation yet." in text
    assert reverse("evaluation:campaign_new") in text


def test_it_is_set_up_in_two_steps(village: Village, client_of: Any) -> None:
    client = client_of(village.liaison)
    url = reverse("evaluation:campaign_new")
    assert village.town.label in client.get(url).content.decode()
    page = client.get(f"{url}?unit={village.town.pk}")
    assert list(page.context["form"].fields["trainees"].queryset) == [village.file]
    today = timezone.localdate()
    sent = {"title": "评价", "setting": "term", "trainees": [str(village.file.pk)], "way": "paper"}
    sent |= {"opens_on": today.isoformat(), "closes_on": (today - timedelta(days=1)).isoformat()}
    wrong = client.post(f"{url}?unit={village.town.pk}", sent)
    assert list(wrong.context["form"].errors) == ["closes_on"]
    done = client.post(f"{url}?unit={village.town.pk}", sent | {"closes_on": today.isoformat()})
    assert done.status_code == 302


def test_shares_leave_the_way_out_aside(village: Village) -> None:
    first = spreads(settled(village))[0]
    assert (first.judged, first.left_out) == (10, 2)
    assert [(share.count, share.percent) for share in first.shares] == [(6, "60%"), (4, "40%"), (0, "0%"), (0, "0%")]


def test_of_fewer_than_the_least_who_judged_no_share_is_told(village: Village, client_of: Any) -> None:
    subject = settled(village)
    counts = [[1, 0, 0, 0, 11], *subject.counts[1:-1], [0, 1, 0, 0, 11]]
    Subject.objects.filter(pk=subject.pk).update(counts=counts, judged=1, satisfied=1)
    subject = Subject.objects.select_related("campaign").get(pk=subject.pk)
    small, others = spreads(subject)[0], spreads(subject)[1:-1]
    assert (small.is_small, small.shares) == (True, [])
    assert [(one.judged, one.is_small) for one in others] == [(8, True), (12, False), (11, False)]
    url = reverse("evaluation:result_detail", kwargs={"pk": subject.pk})
    assert "Fewer than 10 judged" in client_of(village.own).get(url).content.decode()
    assert "不足10份" in result_values(subject, [])["lines"][0]
    assert summary(12, 1, 1, least=10) == "12 sheets, too few of them judged the work as a whole"


def test_a_result_is_headed_with_the_days_until_it_was_closed(village: Village, client_of: Any) -> None:
    subject, today = settled(village), timezone.localdate()
    type(village.campaign).objects.update(closed_on=today, closes_on=today + timedelta(days=6))
    subject = Subject.objects.select_related("campaign").get(pk=subject.pk)
    assert result_values(subject, [])["period"].endswith(f"至{day_text(today)}")
    for name, key in (("result_detail", subject.pk), ("campaign_detail", subject.campaign_id)):
        page = client_of(village.staff).get(reverse(f"evaluation:{name}", kwargs={"pk": key})).content.decode()
        assert date_format(today + timedelta(days=6)) not in page


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([13, 8, 2], [56, 35, 9]),
        ([1, 1, 1], [34, 33, 33]),
        ([0, 0, 0], [0, 0, 0]),
        ([5, 0, 0], [100, 0, 0]),
        ([2, 2, 2, 1], [29, 29, 28, 14]),
    ],
)
def test_shares_of_one_question_add_up_to_a_hundred(parts: list[int], found: list[int]) -> None:
    assert whole_percents(parts) == found


def test_the_person_reads_the_result_and_only_released_comments(village: Village, client_of: Any) -> None:
    subject = settled(village)
    Remark.objects.create(subject=subject, text="希望多组织年轻人回村开会。")
    Remark.objects.create(subject=subject, text="肯跑，下雨天也来看水沟。", is_released=True)
    url = reverse("evaluation:result_detail", kwargs={"pk": subject.pk})
    own = client_of(village.own).get(url).content.decode()
    assert ("肯跑" in own, "年轻人回村" in own) == (True, False)
    office = client_of(village.leader).get(url).content.decode()
    assert ("肯跑" in office, "年轻人回村" in office) == (True, True)


def test_with_too_few_sheets_nobody_sees_a_number_of_it(village: Village, client_of: Any) -> None:
    campaign = make_campaign(village.file, unit=village.town, state=CampaignState.SMALL)
    Subject.objects.filter(campaign=campaign).update(outcome=Outcome.SMALL, decided_on=timezone.localdate())
    subject = subject_of(campaign)
    text = (
        client_of(village.staff).get(reverse("evaluation:campaign_detail", kwargs={"pk": campaign.pk})).content.decode()
    )
    assert "Fewer than 10 sheets: no result is shown yet." in text
    url = reverse("evaluation:result_detail", kwargs={"pk": subject.pk})
    assert client_of(village.staff).get(url).status_code == 403
    assert client_of(village.own).get(url).status_code == 404


def test_the_growth_file_shows_valid_results_without_a_score(village: Village) -> None:
    subject = settled(village)
    for viewer in (village.staff, village.leader, village.liaison, village.own):
        access = resolve(type(viewer).objects.get(pk=viewer.pk), village.file)
        rows = Timeline(village.file, access).page(size=50, kind="evaluation").rows
        words = [growth_sources[row.source].words(row, access) for row in rows]
        assert [word.title for word in words] == [subject.campaign.title]
        assert "90%" in words[0].text


def test_the_paper_prints_what_the_page_shows(village: Village) -> None:
    subject = settled(village)
    Remark.objects.create(subject=subject, text="希望多组织年轻人回村开会。")
    paper = document_kinds["evaluation.result"].paper
    office, own = paper(village.staff, subject.pk), paper(village.own, subject.pk)
    assert office is not None
    assert own is not None
    assert (len(office.values["lines"]), office.values["sheets"]) == (5, "12份")
    assert office.values["counted_on"] == day_text(timezone.localdate())
    assert office.values["lines"][0].endswith("另有2份填“不了解”，不计入比例。")
    assert (len(office.values["remarks"]), own.values["remarks"]) == (1, [])


def test_the_figure_counts_what_its_list_shows(village: Village, client_of: Any) -> None:
    settled(village)
    staff = type(village.staff).objects.get(pk=village.staff.pk)
    asked = Asked.on(timezone.localdate(), user=staff)
    assert figures["evaluations"].count(asked) == 1
    response = client_of(village.staff).get(figures["evaluations"].url(asked))
    assert len(response.context["table"].rows) == 1


@pytest.mark.parametrize(
    ("key", "state"), [("closing", CampaignState.OPEN), ("count", CampaignState.CLOSED), ("small", CampaignState.SMALL)]
)
def test_each_state_is_due_once_for_the_office(village: Village, key: str, state: str) -> None:
    campaign = make_campaign(village.file, unit=village.town, state=state)
    rule = reminder_rules[f"evaluation.{key}"]
    day = campaign.closes_on if key == "closing" else timezone.localdate()
    found = list(rule.dues(FAR).filter(pk=campaign.pk).values_list("due_day", "trainee_key", "doer_key"))
    assert found == [(day, village.file.pk, None)]
    assert rule.dues(day - timedelta(days=1)).filter(pk=campaign.pk).count() == 0
    row = rule.rows().get(pk=campaign.pk)
    assert rule.visible(rule.rows(), village.liaison).filter(pk=campaign.pk).exists()
    assert not rule.visible(rule.rows(), village.own).filter(pk=campaign.pk).exists()
    assert rule.words(row, day, village.liaison).subject == campaign.title


@pytest.mark.parametrize("name", ["sheet_print", "cover_print"])
def test_papers_for_the_village_are_chinese_and_bear_nobodys_watermark(
    village: Village, client_of: Any, name: str
) -> None:
    url = reverse(f"evaluation:{name}", kwargs={"pk": village.subject.pk})
    text = client_of(village.liaison).get(url).content.decode()
    assert '<html lang="zh-Hans">' in text
    assert village.liaison.display_name not in text
