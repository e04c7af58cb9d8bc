"""A declined proposal is proposed again: filled in as it was, a new one that leads to the old one."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.assignments.models import Front, FrontTask, Posting
from cadre_app.assignments.services import approvals, postings
from tests.assignments.postings.conftest import DUE, START, Room
from tests.assignments.postings.test_postings import codes

pytestmark = pytest.mark.django_db


@pytest.fixture
def declined(room: Room) -> Posting:
    front = Front.objects.get(key="headquarters")
    task = FrontTask.objects.filter(front=front).order_by("order").first()
    made = room.proposed(front=front, tasks=f"{task}\n整理资料", reason="在村已满两年", document_number="1号")
    return approvals.decline_posting(made, reason="期限过长", actor=room.leader)


def address(name: str, posting: Posting) -> str:
    return reverse(f"assignments:{name}", kwargs={"pk": posting.pk})


def sent(form) -> dict:
    """The page as it was opened, sent back."""
    values = {name: form[name].value() for name in form.fields if not name.endswith(("_files", "supervisor"))}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items() if value}


def test_the_form_is_filled_in_as_it_was_and_the_new_one_leads_to_the_old_one(
    room: Room, declined: Posting, sign_in
) -> None:
    client = sign_in(room.staff)
    assert address("posting_propose_again", declined) in client.get(address("posting_detail", declined)).text
    page = client.get(address("posting_propose_again", declined))
    data = sent(page.context["form"])
    assert (data["started_on"], data["due_on"], data["tasks"], len(data["offered"]), data["document_number"]) == (
        START.isoformat(), DUE.isoformat(), "整理资料", 1, "1号",
    )  # fmt: skip
    assert "期限过长" in page.text
    answer = client.post(address("posting_propose_again", declined), data | {"due_on": "2026-12-31"})
    made = Posting.objects.exclude(pk=declined.pk).get()
    assert (answer["Location"], made.state, made.due_on, made.front, made.proposed_by) == (
        address("posting_detail", made), "proposed", date(2026, 12, 31), declined.front, room.staff,
    )  # fmt: skip
    assert (made.follows, Posting.objects.get(pk=declined.pk).state) == (declined, "declined")
    assert address("posting_detail", declined) in client.get(address("posting_detail", made)).text
    old = client.get(address("posting_detail", declined)).text
    assert [address("posting_detail", made) in old, address("posting_propose_again", declined) in old] == [True, False]


def again(room: Room, declined: Posting) -> Posting:
    values = {"kind": declined.kind, "mode": declined.mode, "tasks": declined.tasks, "unit": declined.unit}
    return postings.propose_again(declined, **values, started_on=START, due_on=DUE, actor=room.staff)


def test_it_is_taken_up_once_until_the_second_one_is_voided(room: Room, declined: Posting) -> None:
    first = again(room, declined)
    approvals.decline_posting(first, reason="仍过长", actor=room.leader)
    assert codes(lambda: again(room, declined)) == {"__all__": [None]}
    second = again(room, Posting.objects.get(pk=first.pk))
    assert second.follows == first
    for made in (second, first):
        postings.void_posting(Posting.objects.get(pk=made.pk), reason="误提", actor=room.staff)
    assert again(room, declined).follows == declined


def test_only_what_was_declined_is_proposed_again(room: Room, sign_in) -> None:
    posting = room.proposed()
    assert codes(lambda: again(room, posting)) == {"": ["not_declined"]}
    assert sign_in(room.staff).get(address("posting_propose_again", posting)).status_code == 403


def test_the_limits_hold_as_for_any_proposal(room: Room, declined: Posting, sign_in) -> None:
    client = sign_in(room.staff)
    data = sent(client.get(address("posting_propose_again", declined)).context["form"]) | {"due_on": "2026-08-01"}
    form = client.post(address("posting_propose_again", declined), data).context["form"]
    assert (list(form.errors), form["reason"].value()) == (["due_on"], "在村已满两年")


@pytest.mark.parametrize(("who", "status"), [("staff", 200), ("liaison", 200), ("leader", 403), ("own", 404)])
def test_who_proposes_again(room: Room, declined: Posting, sign_in, who: str, status: int) -> None:
    assert sign_in(getattr(room, who)).get(address("posting_propose_again", declined)).status_code == status
