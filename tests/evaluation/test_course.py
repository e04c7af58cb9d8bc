"""拟开展 → 进行中 → 已截止 → 有效 or 样本不足, and who is refused on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from cadre_app.core.documents import document_kinds
from cadre_app.core.models import Stale
from cadre_app.core.reminding import reminder_rules
from cadre_app.evaluation import permissions
from cadre_app.evaluation.models import Campaign, CampaignState, Remark, Subject, Way
from cadre_app.evaluation.services import batches, campaigns, codes
from cadre_app.evaluation.services.results import release_remarks, settle_campaign
from cadre_app.history.models import Entry
from cadre_app.org.models import Unit
from cadre_app.people.models import Relative
from tests.evaluation.conftest import Village
from tests.evaluation.factories import make_campaign, put_sheets, subject_of
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db


def values(**changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    known = {
        "title": "梧头村群众评价",
        "setting": "term",
        "way": Way.PAPER,
        "opens_on": today,
        "closes_on": today + timedelta(days=7),
        "watcher_one": "黄代表",
        "watcher_two": "蔡代表",
        "note": "",
    }
    return known | changed


def test_it_is_set_up_opened_closed_and_counted(village: Village) -> None:
    made = campaigns.create_campaign(village.town, trainees=[village.file], actor=village.liaison, **values())
    assert (made.state, [one.trainee for one in made.standing_subjects]) == ("planned", [village.file])
    opened = campaigns.open_campaign(made, version=made.version, actor=village.liaison)
    put_sheets(subject_of(opened), 12)
    closed = campaigns.close_campaign(opened, actor=village.liaison)
    assert (closed.state, closed.closed_on) == ("closed", timezone.localdate())
    settled = settle_campaign(closed, actor=village.liaison)
    subject = settled.subjects.get()
    assert (settled.state, subject.outcome, subject.sheets) == ("valid", "valid", 12)
    assert (subject.judged, subject.satisfied) == (12, 12)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes_on": timezone.localdate() - timedelta(days=1)}, "closes_on"),
        ({"closes_on": timezone.localdate() + timedelta(days=200)}, "closes_on"),
        ({"way": Way.CODE}, "way"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(village: Village, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        campaigns.create_campaign(village.town, trainees=[village.file], actor=village.liaison, **values(**changed))
    assert list(refused.value.error_dict) == [field]


def test_somebody_has_to_be_evaluated(village: Village) -> None:
    with pytest.raises(ValidationError) as refused:
        campaigns.create_campaign(village.town, trainees=[], actor=village.liaison, **values())
    assert list(refused.value.error_dict) == ["trainees"]


def test_people_are_changed_until_it_is_opened(village: Village) -> None:
    other = TraineeFactory.create(home_unit=village.town)
    made = campaigns.create_campaign(village.town, trainees=[village.file], actor=village.liaison, **values())
    changed = campaigns.change_campaign(made, trainees=[other], actor=village.liaison, **values())
    assert [one.trainee for one in changed.standing_subjects] == [other]
    again = campaigns.change_campaign(changed, trainees=[village.file, other], actor=village.liaison, **values())
    assert {one.trainee for one in again.standing_subjects} == {village.file, other}
    assert again.subjects.count() == 2
    opened = campaigns.open_campaign(again, actor=village.liaison)
    with pytest.raises(ValidationError):
        campaigns.change_campaign(opened, trainees=[other], actor=village.liaison, **values())


def test_an_old_page_is_stale(village: Village) -> None:
    campaigns.extend_campaign(
        village.campaign, closes_on=timezone.localdate() + timedelta(days=20), actor=village.liaison
    )
    with pytest.raises(Stale):
        campaigns.close_campaign(village.campaign, version=1, actor=village.liaison)


def test_with_too_few_sheets_it_is_extended_and_counted_again(village: Village) -> None:
    other = TraineeFactory.create(home_unit=village.town)
    campaign = make_campaign(village.file, other, unit=village.town, state=CampaignState.CLOSED)
    first, second = campaign.standing_subjects
    put_sheets(first, 10)
    put_sheets(second, 4)
    settled = settle_campaign(campaign, actor=village.liaison)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (settled.state, first.outcome, second.outcome, second.counts) == ("small", "valid", "small", [])
    day = timezone.localdate() + timedelta(days=3)
    opened = campaigns.extend_campaign(settled, closes_on=day, actor=village.liaison)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (opened.state, opened.settled_on, first.outcome, second.outcome) == ("open", None, "valid", "")
    put_sheets(second, 6)
    closed = campaigns.close_campaign(opened, actor=village.liaison)
    assert settle_campaign(closed, actor=village.liaison).state == "valid"
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.sheets, second.sheets) == (10, 10)


def test_a_valid_result_is_not_opened_again(village: Village) -> None:
    campaign = make_campaign(village.file, unit=village.town, state=CampaignState.VALID)
    with pytest.raises(ValidationError):
        campaigns.extend_campaign(campaign, closes_on=timezone.localdate(), actor=village.liaison)


def test_what_is_past_its_last_day_closes_by_itself(village: Village) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    late = make_campaign(village.file, unit=village.town, opens_on=yesterday, closes_on=yesterday)
    assert campaigns.sweep_campaigns() == 1
    late.refresh_from_db()
    assert (late.state, village.now().state) == ("closed", "open")


def test_a_result_counts_only_once_all_batches_are_counted(village: Village) -> None:
    from tests.evaluation.test_batches import begun

    campaign = make_campaign(village.file, unit=village.town, state=CampaignState.CLOSED)
    begun(subject_of(campaign), village.liaison)
    with pytest.raises(ValidationError):
        settle_campaign(campaign, actor=village.liaison)


@pytest.mark.parametrize("kin", [False, True], ids=["oneself", "a relative"])
def test_who_is_evaluated_or_a_relative_runs_nothing(village: Village, kin: bool) -> None:
    """A liaison in development, and one with a relative among the people evaluated (回避)."""
    me = PersonFactory.create(name="陈联络", account=village.liaison)
    file = TraineeFactory.create(home_unit=village.town, person=PersonFactory.create() if kin else me)
    if kin:
        Relative.objects.create(person=me, relation="弟弟", name=file.person.name, other=file.person)
    actor = type(village.liaison).objects.get(pk=village.liaison.pk)
    with pytest.raises(ValidationError):
        campaigns.create_campaign(village.town, trainees=[village.file, file], actor=actor, **values())
    campaign = make_campaign(village.file, file, unit=village.town)
    for service in (campaigns.close_campaign, campaigns.open_campaign):
        with pytest.raises(ValidationError):
            service(campaign, actor=actor)


def test_a_voided_one_stands_nowhere_and_comes_back(village: Village) -> None:
    voided = campaigns.void_campaign(village.campaign, reason="重复", actor=village.staff)
    assert voided.is_voided
    with pytest.raises(ValidationError):
        campaigns.close_campaign(voided, actor=village.liaison)
    assert not campaigns.restore_campaign(voided, actor=village.staff).is_voided


def test_comments_are_released_one_by_one_and_taken_back(village: Village) -> None:
    put_sheets(village.subject, 12, comment="肯跑，下雨天也来看水沟。")
    campaigns.close_campaign(village.campaign, actor=village.liaison)
    settle_campaign(village.now(), actor=village.liaison)
    first, second, *_rest = Remark.objects.values_list("pk", flat=True)
    release_remarks(village.subject, remarks=[first], actor=village.staff)
    assert set(Remark.objects.filter(is_released=True).values_list("pk", flat=True)) == {first}
    release_remarks(village.subject, remarks=[second], actor=village.staff)
    assert set(Remark.objects.filter(is_released=True).values_list("pk", flat=True)) == {second}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"watcher_one": "林知远"}, "watcher_one"),
        ({"watcher_two": "林 知远"}, "watcher_two"),
        ({"watcher_two": "黄代表"}, "watcher_two"),
        ({"watcher_two": "黄\u200b代表"}, "watcher_two"),
    ],
)
def test_two_people_watch_and_none_of_them_is_evaluated(village: Village, changed: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        campaigns.create_campaign(village.town, trainees=[village.file], actor=village.liaison, **values(**changed))
    assert list(refused.value.error_dict) == [field]


def test_without_two_who_watch_it_is_not_opened(village: Village) -> None:
    known = values(watcher_two="")
    made = campaigns.create_campaign(village.town, trainees=[village.file], actor=village.liaison, **known)
    with pytest.raises(ValidationError) as refused:
        campaigns.open_campaign(made, actor=village.liaison)
    assert refused.value.code == "no_watchers"


def test_paper_of_a_day_after_the_last_one_waits_for_an_extension(village: Village) -> None:
    from tests.evaluation.test_batches import begun

    today = timezone.localdate()
    past = {"opens_on": today - timedelta(days=9), "closes_on": today - timedelta(days=2)}
    campaign = make_campaign(village.file, unit=village.town, state=CampaignState.SMALL, **past)
    with pytest.raises(ValidationError) as refused:
        begun(subject_of(campaign), village.liaison)
    assert list(refused.value.error_dict) == ["held_on"]
    begun(subject_of(campaign), village.liaison, held_on=today - timedelta(days=2))
    campaigns.extend_campaign(campaign, closes_on=today, actor=village.liaison)
    begun(subject_of(Campaign.objects.get(pk=campaign.pk)), village.liaison)


def small(village: Village) -> Campaign:
    """Counted with one paper sheet, by the liaison."""
    return make_campaign(village.file, unit=village.town, actor=village.liaison, state=CampaignState.SMALL)


def test_what_stays_too_small_no_longer_rings_and_is_taken_back_by_extending(village: Village) -> None:
    campaign = small(village)
    due = reminder_rules["evaluation.small"].dues
    assert due(timezone.localdate()).filter(pk=campaign.pk).exists()
    kept = campaigns.keep_small(campaign, reason="村里只到了6人。", actor=village.liaison)
    assert (kept.state, kept.kept_small_on, kept.kept_small_why) == ("small", timezone.localdate(), "村里只到了6人。")
    assert not due(timezone.localdate() + timedelta(days=400)).filter(pk=campaign.pk).exists()
    assert Entry.objects.get(verb="evaluation.campaign.kept_small").reason == "村里只到了6人。"
    day = timezone.localdate() + timedelta(days=3)
    opened = campaigns.extend_campaign(kept, closes_on=day, actor=village.liaison)
    assert (opened.state, opened.kept_small_on, opened.kept_small_why) == ("open", None, "")
    assert Entry.objects.get(verb="evaluation.campaign.extended").before["kept_small_why"] == "村里只到了6人。"


def test_nothing_is_entered_or_counted_while_it_stays_too_small(village: Village) -> None:
    from tests.evaluation.test_batches import begun

    kept = campaigns.keep_small(small(village), reason="村里只到了6人。", actor=village.liaison)
    with pytest.raises(ValidationError):
        begun(subject_of(kept), village.liaison)
    with pytest.raises(ValidationError):
        settle_campaign(kept, actor=village.liaison)
    with pytest.raises(ValidationError):
        campaigns.keep_small(kept, reason="再说一次", actor=village.liaison)
    user, subject = type(village.liaison).objects.get(pk=village.liaison.pk), subject_of(kept)
    assert not permissions.can_settle(user, kept)
    assert not permissions.can_keep_small(user, kept)
    assert not permissions.can_enter(user, subject)
    assert not permissions.can_print(user, subject)
    assert permissions.can_extend(user, kept)


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.CLOSED, CampaignState.VALID])
def test_only_a_small_sample_stays_too_small(village: Village, state: str) -> None:
    campaign = make_campaign(village.file, unit=village.town, state=state)
    with pytest.raises(ValidationError):
        campaigns.keep_small(campaign, reason="人少", actor=village.liaison)


def test_it_stays_too_small_for_a_reason(village: Village) -> None:
    with pytest.raises(ValidationError) as refused:
        campaigns.keep_small(small(village), reason=" ", actor=village.liaison)
    assert list(refused.value.error_dict) == ["reason"]


def test_the_day_of_closing_is_named_as_such_in_the_history(village: Village) -> None:
    """Units are closed as well, by another word (撤销)."""
    with translation.override("zh-hans"):
        assert str(Campaign._meta.get_field("closed_on").verbose_name) != str(
            Unit._meta.get_field("closed_on").verbose_name
        )


@pytest.mark.usefixtures("codes_on")
def test_no_codes_and_no_sheets_for_whom_the_result_is_valid(village: Village, client_of: Any) -> None:
    """Extended for somebody else: a sheet about the first one could no longer be filled in."""
    other = TraineeFactory.create(home_unit=village.town)
    campaign = make_campaign(village.file, other, unit=village.town, state=CampaignState.CLOSED, way=Way.CODE)
    first, second = (campaign.subjects.get(trainee=one) for one in (village.file, other))
    put_sheets(first, 10)
    settled = settle_campaign(campaign, actor=village.liaison)
    campaigns.extend_campaign(settled, closes_on=timezone.localdate(), actor=village.liaison)
    first, second = (Subject.objects.select_related("campaign").get(pk=one.pk) for one in (first, second))
    with pytest.raises(ValidationError):
        codes.make_codes(first, number=1, actor=village.liaison)
    assert len(codes.make_codes(second, number=1, actor=village.liaison)) == 1
    client = client_of(village.liaison)
    for name in ("codes_new", "sheet_print", "cover_print"):
        found = [
            client.get(reverse(f"evaluation:{name}", kwargs={"pk": one.pk})).status_code for one in (first, second)
        ]
        assert found == [403, 200]
    text = client.get(reverse("evaluation:campaign_detail", kwargs={"pk": campaign.pk})).content.decode()
    assert reverse("evaluation:codes_new", kwargs={"pk": first.pk}) not in text
    assert reverse("evaluation:codes_new", kwargs={"pk": second.pk}) in text


@pytest.mark.usefixtures("codes_on")
def test_the_page_before_counting_and_the_result_say_what_is_left_out(village: Village, client_of: Any) -> None:
    from tests.evaluation.test_batches import TALLY, begun

    batch = begun(village.subject, village.liaison, kind="tally", number=10)
    batch = batches.write_tally(batch, tally=TALLY, comments=[], actor=village.liaison)
    batches.count_batch(batch, actor=village.liaison)
    put_sheets(village.subject, 3)
    campaign = campaigns.close_campaign(village.now(), actor=village.liaison)
    client, known = client_of(village.liaison), {"pk": campaign.pk}
    for name in ("campaign_detail", "campaign_settle"):
        page = client.get(reverse(f"evaluation:{name}", kwargs=known)).content.decode()
        assert "3 sheets came by code so far. Fewer than 10 are left out of a result" in page
    settle_campaign(campaign, actor=village.liaison)
    page = client.get(reverse("evaluation:result_detail", kwargs={"pk": village.subject.pk})).content.decode()
    assert "Another 3 sheets came by code." in page
    paper = document_kinds["evaluation.result"].paper(village.staff, village.subject.pk)
    assert paper is not None
    assert paper.values["left_out"] == "另有3份扫码填写不足10份，为防止推知个人意见，未计入结果。"
