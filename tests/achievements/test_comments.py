"""Comments of the mentor: added, never changed, voided with a reason, restored by staff."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.achievements import permissions
from cadre_app.achievements.models import AchievementComment
from cadre_app.achievements.services import comments
from cadre_app.mentorship.models import Pairing
from tests.achievements.conftest import Town
from tests.achievements.factories import make_achievement, make_comment
from tests.people.conftest import TODAY


def page(name: str, pk: object) -> str:
    return reverse(f"achievements:{name}", kwargs={"pk": pk})


def test_a_mentor_finds_and_comments_on_what_a_mentee_submitted(town: Town, client_of) -> None:
    entry = make_achievement(town.trainee, state="unit")
    make_achievement(town.trainee, state="draft", title="还没写好")
    client = client_of(town.mentor)
    cards = client.get(reverse("achievements:achievement_mentees")).context["cards"]
    assert [card["achievement"] for card in cards] == [entry]
    panels = [panel.template for panel in client.get("/").context["desk"].panels]
    assert "achievements/_desk_mentees.html" in panels
    answer = client.post(page("comment_new", entry.pk), {"text": "数字属实，我在现场。"})
    assert answer["Location"] == page("achievement_detail", entry.pk)
    comment = AchievementComment.objects.get()
    assert (comment.author, comment.text) == (town.mentor, "数字属实，我在现场。")
    shown = client_of(town.own).get(page("achievement_detail", entry.pk)).context["comments"]
    assert [(item["comment"].text, item["may_void"]) for item in shown] == [("数字属实，我在现场。", False)]


def test_a_mentor_without_a_mentee_has_no_such_page(town: Town, client_of) -> None:
    make_achievement(town.trainee)
    Pairing.objects.update(ended_on=TODAY, end_kind="completed")
    client = client_of(town.mentor)
    assert client.get(reverse("achievements:achievement_mentees")).status_code == 404


def test_what_was_withdrawn_takes_no_comment(town: Town) -> None:
    with pytest.raises(ValidationError):
        comments.add_comment(make_achievement(town.trainee, state="draft"), text="好", actor=town.mentor)


def test_a_comment_is_voided_by_its_author_and_restored_by_staff(town: Town) -> None:
    entry = make_achievement(town.trainee)
    comment = make_comment(entry, author=town.mentor)
    comment.achievement.trainee.refresh_from_db()
    assert permissions.can_void_comment(town.mentor, comment)
    comment = comments.void_comment(comment, reason="说错了", version=comment.version, actor=town.mentor)
    seen = [AchievementComment.objects.visible_to(user).count() for user in (town.own, town.liaison, town.leader)]
    assert (seen, permissions.can_restore_comment(town.mentor, comment)) == ([0, 0, 1], False)
    assert permissions.can_restore_comment(town.staff, comment)
    assert not comments.restore_comment(comment, actor=town.staff).is_voided
