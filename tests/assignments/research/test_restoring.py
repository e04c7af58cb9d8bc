"""What was voided by mistake stands again: calls, progress meetings with their items, items, topics."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cadre_app.assignments.models import ProgressItem, ProgressMeeting, ResearchCall, ResearchProject
from cadre_app.assignments.services import research, research_calls, research_meetings
from cadre_app.history.models import Entry
from tests.assignments.factories import make_call, make_project
from tests.assignments.research.conftest import Field
from tests.people.conftest import TODAY


def at(name: str, obj: Any, **more: str) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": obj.pk} | more)


@pytest.fixture
def meeting(field: Field) -> ProgressMeeting:
    """Two reports on the agenda; a third was taken out before."""
    made = research_meetings.record_meeting(held_on=TODAY - timedelta(days=1), minutes="听取进展", actor=field.staff)
    for number, file in enumerate(field.files):
        project = make_project(file, title=f"课题{number}")
        item = research_meetings.add_item(made, project=project, progress="走访", actor=field.staff)
        if number == 2:
            research_meetings.void_item(item, reason="重复", actor=field.staff)
            ProgressItem.objects.filter(pk=item.pk).update(voided_at=timezone.now() - timedelta(hours=1))
    return made


def agenda() -> list[str]:
    return sorted(ProgressItem.objects.standing().values_list("project__title", flat=True))


def test_a_meeting_comes_back_with_its_items_but_not_with_those_taken_out_before(
    field: Field, meeting: ProgressMeeting, sign_in: Any
) -> None:
    client = sign_in(field.staff)
    research_meetings.void_meeting(meeting, reason="误登", actor=field.staff)
    assert (agenda(), client.get(at("meeting_detail", meeting)).status_code) == ([], 404)
    page = client.get(reverse("assignments:meeting_list"))
    assert at("meeting_restore", meeting) in page.text
    version = ProgressMeeting.objects.get().version
    answer = client.post(at("meeting_restore", meeting), {"version": version, "reason": "误作废"})
    assert (answer["Location"], agenda()) == (at("meeting_detail", meeting), ["课题0", "课题1"])
    verbs = Entry.objects.about(meeting).values_list("verb", flat=True)
    assert set(verbs) >= {"assignments.progressmeeting.voided", "assignments.progressmeeting.restored"}
    assert client.get(at("meeting_restore", meeting)).status_code == 404


def test_an_item_is_put_back_unless_the_report_stands_there_anew(
    field: Field, meeting: ProgressMeeting, sign_in: Any
) -> None:
    gone = ProgressItem.objects.exclude(voided_at=None).get()
    client = sign_in(field.staff)
    assert at("item_restore", gone) in client.get(at("meeting_detail", meeting)).text
    again = research_meetings.add_item(meeting, project=gone.project, progress="座谈", actor=field.staff)
    form = client.post(at("item_restore", gone), {"version": gone.version}).context["form"]
    assert form.non_field_errors() == ["本次推进会已有该课题的事项。"]
    research_meetings.void_item(again, reason="误登", actor=field.staff)
    client.post(at("item_restore", gone), {"version": gone.version})
    assert agenda() == ["课题0", "课题1", "课题2"]


def test_no_item_comes_back_into_a_meeting_that_is_voided(field: Field, meeting: ProgressMeeting) -> None:
    gone = ProgressItem.objects.exclude(voided_at=None).get()
    research_meetings.void_meeting(meeting, reason="误登", actor=field.staff)
    with pytest.raises(ValidationError):
        research_meetings.restore_item(gone, actor=field.staff)


def test_a_call_comes_back_unless_the_year_has_another_of_its_title(field: Field, sign_in: Any) -> None:
    call = research_calls.void_call(make_call(title="春季征集"), reason="误立", actor=field.staff)
    client = sign_in(field.staff)
    address = at("call_act", call, act="restore")
    assert address in client.get(reverse("assignments:call_list")).text
    other = make_call(title="春季征集")
    form = client.post(address, {"version": call.version}).context["form"]
    assert form.non_field_errors() == ["本年度已有同名征集。"]
    research_calls.void_call(other, reason="误立", actor=field.staff)
    assert client.post(address, {"version": call.version}).status_code == 302
    assert ResearchCall.objects.standing().filter(title="春季征集").get() == call


def test_voided_topics_are_found_in_the_list_and_restored_from_their_page(field: Field, sign_in: Any) -> None:
    project = make_project(field.files[0], title="误立的课题")
    make_project(field.files[1], title="别的课题")
    research.void_project(project, reason="误立", actor=field.staff)
    client, address = sign_in(field.staff), reverse("assignments:research_list")

    def shown(query: str) -> list[bool]:
        text = client.get(f"{address}?{query}").text
        return [title in text for title in ("误立的课题", "别的课题")]

    assert (shown(""), shown("state=voided"), shown("state=in_progress")) == (
        [False, True], [True, False], [False, True]
    )  # fmt: skip
    assert at("project_act", project, act="restore") in client.get(at("project_detail", project)).text
    client.post(
        at("project_act", project, act="restore"), {"version": ResearchProject.objects.get(pk=project.pk).version}
    )
    assert shown("") == [True, True]


def test_those_who_only_read_are_offered_nothing_to_restore(
    field: Field, meeting: ProgressMeeting, sign_in: Any
) -> None:
    from cadre_app.core.roles import Role

    research_calls.void_call(make_call(title="春季征集"), reason="误立", actor=field.staff)
    client = sign_in(field.district.somebody(Role.LEADER, field.district.top))
    for name in ("call_list", "meeting_list"):
        assert "春季征集" not in client.get(reverse(f"assignments:{name}")).text
    assert "item_restore" not in client.get(at("meeting_detail", meeting)).text
