"""The pages of achievements: written on the phone, the queue of the desk, the list with its bulk act, bad input."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, pgettext

from cadre_app.achievements import lists
from cadre_app.achievements.models import Achievement, AchievementState
from cadre_app.achievements.services import corrections, deciding
from cadre_app.achievements.services.writing import EVIDENCE
from cadre_app.files.listing import files_of
from cadre_app.files.models import StoredFile
from cadre_app.files.services import store_files
from tests.achievements.conftest import Town, typed
from tests.achievements.factories import make_achievement, upload
from tests.factories import PersonFactory, TraineeFactory
from tests.files.made import pdf
from tests.people.conftest import TODAY


def page(name: str, entry: Achievement | None = None) -> str:
    return reverse(f"achievements:{name}", kwargs={"pk": entry.pk} if entry is not None else None)


def titles(client: Any) -> list[str]:
    groups = client.get(reverse("desk:home")).context["desk"].groups
    return [item.title for group in groups for item in group.items if "chievement" in item.title]


def test_the_author_opens_a_voided_entry_with_its_reason(town: Town, client_of: Any) -> None:
    entry = make_achievement(town.trainee, state="verified")
    corrections.void_achievement(entry, reason="数据不实", actor=town.staff)
    answer = client_of(town.own).get(page("achievement_detail", entry))
    assert (answer.status_code, answer.context["void_reason"]) == (200, "数据不实")
    assert "数据不实" in answer.content.decode()
    assert not any(answer.context["may"].values())
    assert client_of(town.mentor).get(page("achievement_detail", entry)).status_code == 404


def test_one_writes_on_the_phone_and_finds_it_among_ones_own(town: Town, client_of: Any) -> None:
    client = client_of(town.own)
    assert client.get(page("achievement_mine")).context["cards"] == []
    answer = client.post(page("achievement_new"), typed(send="1"))
    entry = Achievement.objects.get()
    assert (answer["Location"], entry.state) == (page("achievement_detail", entry), "unit")
    cards = client.get(page("achievement_mine")).context["cards"]
    assert [(card["achievement"], card["may_change"], card["may_withdraw"]) for card in cards] == [(entry, False, True)]


def test_the_other_button_keeps_a_draft_that_may_lack_everything_else(town: Town, client_of: Any) -> None:
    client = client_of(town.own)
    client.post(page("achievement_new"), {"title": "想到再写"})
    draft = Achievement.objects.get()
    assert (draft.state, client_of(town.staff).get(page("achievement_detail", draft)).status_code) == ("draft", 404)
    answer = client_of(town.own).post(
        page("achievement_edit", draft), {"title": "想到再写", "send": "1", "version": "1"}
    )
    assert sorted(answer.context["form"].errors) == ["done", "ended_on", "result", "role", "started_on", "witness"]


def test_a_double_tap_keeps_one(town: Town, client_of: Any) -> None:
    client = client_of(town.own)
    sent = typed(send="1", submission="0b0b6b9e-5a27-4f0e-9b67-0d4c7a6c3b11")
    first, second = (client.post(page("achievement_new"), sent)["Location"] for _ in range(2))
    assert (first, Achievement.objects.count()) == (second, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "秘密★1年 转移方案"),
        ("done", "做了\x00什么"),
        ("result", "复耕\u202e86亩"),
        ("done", "长" * 20_000),
        ("title", "长" * 61),
        ("ended_on", (TODAY + timedelta(days=1)).isoformat()),
        ("started_on", "2001-01-01"),
        ("started_on", "昨天"),
    ],
)
def test_bad_input_stands_beside_its_field_and_nothing_is_lost(
    town: Town, client_of: Any, field: str, value: str
) -> None:
    answer = client_of(town.own).post(page("achievement_new"), typed(send="1", **{field: value}))
    form = answer.context["form"]
    assert (list(form.errors), form["witness"].value(), form[field].value()) == ([field], "梧头村党支部书记", value)
    assert Achievement.objects.count() == 0


def test_ten_megabytes_get_the_page_for_too_much(town: Town, client_of: Any) -> None:
    answer = client_of(town.own).post(page("achievement_new"), typed(done="长" * 3_400_000))
    assert (answer.status_code, Achievement.objects.count()) == (413, 0)


def test_evidence_may_be_left_out_added_and_taken_off_again(town: Town, client_of: Any) -> None:
    client = client_of(town.own)
    body = client.get(page("achievement_new")).content.decode()
    assert "Evidence is optional. Whether there is any has no bearing on any assessment." in body
    client.post(page("achievement_new"), typed(evidence=SimpleUploadedFile("验收单.pdf", pdf("验收单"))))
    entry, file = Achievement.objects.get(), StoredFile.objects.get()
    url = reverse("achievements:evidence_remove", kwargs={"pk": entry.pk, "file": file.pk})
    assert client.post(url, {"version": "1"}).status_code == 302
    assert client.get(page("achievement_detail", entry)).context["evidence"] == []
    refused = client.post(page("achievement_new"), typed(evidence=SimpleUploadedFile("木马.exe", b"MZ")))
    assert list(refused.context["form"].errors) == ["evidence"]


def test_it_waits_on_the_desk_of_whoever_acts_next(town: Town, client_of: Any) -> None:
    entry = town.writes()
    assert titles(client_of(town.liaison)) == ["Achievement to be verified by the unit"]
    client_of(town.liaison).post(page("achievement_verify_for_unit", entry), {"version": str(fresh(entry))})
    assert titles(client_of(town.liaison)) == []
    assert titles(client_of(town.staff)) == ["Achievement to be verified by the department"]
    client = client_of(town.staff)
    client.post(page("achievement_return", entry), {"version": str(fresh(entry)), "comment": "请补充验收单"})
    assert titles(client_of(town.own)) == [f"Complete the achievement “{entry.title}”"]


def fresh(entry: Achievement) -> int:
    return Achievement.objects.get(pk=entry.pk).version


def test_what_the_unit_leaves_for_long_stands_on_the_desk_of_staff(town: Town, client_of: Any) -> None:
    make_achievement(town.trainee, state="unit", since=TODAY - timedelta(days=8))
    assert titles(client_of(town.staff)) == ["Achievement that the unit has not verified for days"]


def test_the_second_of_two_verifiers_gets_the_page_with_both_texts(town: Town, client_of: Any) -> None:
    entry = make_achievement(town.trainee, state="department")
    client = client_of(town.staff)
    assert client.post(page("achievement_verify", entry), {"version": "1"}).status_code == 302
    assert client.post(page("achievement_return", entry), {"version": "1", "comment": "补充"}).status_code == 403
    other = make_achievement(town.trainee, state="department", title="另一件")
    Achievement.objects.filter(pk=other.pk).update(version=2)
    assert client.post(page("achievement_verify", other), {"version": "1"}).status_code == 409


def test_many_are_verified_with_one_confirmation(town: Town, client_of: Any) -> None:
    one = make_achievement(town.trainee, state="unit", title="一")
    two = make_achievement(town.trainee, state="unit", title="二")
    over = make_achievement(town.trainee, title="已审定的")
    client = client_of(town.liaison)
    asked = client.post(page("achievement_verify_many"), {"pick": [str(row.pk) for row in (one, two, over)]})
    assert (len(asked.context["picks"]), asked.context["to_department"], asked.context["left_out"]) == (2, 2, 1)
    keys = [key for _row, key in asked.context["picks"]]
    assert client.post(page("achievement_verify_many"), {"pick": keys, "confirmed": "1"}).status_code == 302
    assert set(Achievement.objects.exclude(pk=over.pk).values_list("state", flat=True)) == {"department"}
    nothing = client.post(page("achievement_verify_many"), {"pick": ["不是编号", *keys]})
    assert nothing.context["picks"] == []


def listed(town: Town, query: str) -> list[str]:
    rows = lists.exported_achievements(town.staff, QueryDict(query)).rows
    return sorted(row.object.title for row in rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["古厝消防", "撂荒地", "水渠"]),
        ("state=verified", ["水渠"]),
        ("state=voided", ["误录"]),
        ("text=消防栓", ["古厝消防"]),
        ("q=陈予安", ["撂荒地"]),
        (f"since={(TODAY - timedelta(days=10)).isoformat()}", ["撂荒地"]),
        (f"until={(TODAY - timedelta(days=500)).isoformat()}", ["古厝消防"]),
        (f"verified_since={TODAY.isoformat()}", []),
    ],
)
def test_the_list_is_narrowed_and_its_workbook_with_it(town: Town, query: str, found: list[str]) -> None:
    filled(town)
    assert listed(town, query) == found


def filled(town: Town) -> None:
    other = TraineeFactory.create(person=PersonFactory.create(name="陈予安"), home_unit=town.district.town)
    make_achievement(town.trainee, title="水渠")
    make_achievement(other, title="撂荒地", state="unit", ended_on=TODAY - timedelta(days=2))
    old = {"started_on": TODAY - timedelta(days=700), "ended_on": TODAY - timedelta(days=600)}
    make_achievement(town.trainee, title="古厝消防", state="department", done="完成消防栓改造", **old)
    make_achievement(town.trainee, title="误录", voided_at="2026-11-01T00:00:00+08:00")
    make_achievement(town.trainee, title="草稿", state="draft")


def test_the_numbers_above_the_list_open_the_rows_they_count(town: Town) -> None:
    filled(town)
    chips = lists.state_chips(town.staff, QueryDict("state=unit&page=2"))
    assert [(len(listed(town, chip.query)), chip.is_on) for chip in chips] == [
        (chip.count, chip.query == "state=unit") for chip in chips
    ]


def test_a_unit_has_those_of_its_people(town: Town) -> None:
    make_achievement(town.trainee, title="水渠")
    assert listed(town, f"unit={town.district.town.pk}") == ["水渠"]
    assert listed(town, f"unit={town.district.other_town.pk}") == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["achievement_list", "achievement_mine"])
def test_a_longer_list_costs_no_query(
    town: Town, client_of: Any, rows: int, name: str, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_achievement(town.trainee, title=f"第{number}件", state=AchievementState.UNIT)
    client = client_of(town.staff if name == "achievement_list" else town.own)
    client.get(page(name))
    with django_assert_num_queries({"achievement_list": 9, "achievement_mine": 7}[name]):
        client.get(page(name))


@pytest.mark.parametrize("comments", [1, 3])
def test_the_page_of_one_entry_costs_the_same_with_more_comments(
    town: Town, client_of: Any, comments: int, django_assert_num_queries: Any
) -> None:
    entry = make_achievement(town.trainee)
    for number in range(comments):
        entry.comments.create(author=town.mentor, text=f"第{number}条")
    client = client_of(town.staff)
    client.get(page("achievement_detail", entry))
    with django_assert_num_queries(13):
        client.get(page("achievement_detail", entry))


def test_the_correction_and_what_it_corrects_stand_beside_each_other(town: Town, client_of: Any) -> None:
    entry = make_achievement(town.trainee)
    client = client_of(town.own)
    answer = client.post(page("achievement_correct", entry), typed(result="修复水渠1.2公里", send="1", version="1"))
    later = Achievement.objects.get(supersedes=entry)
    assert answer["Location"] == page("achievement_detail", later)
    shown = client.get(page("achievement_detail", entry)).context
    assert (shown["later"], shown["may"]["correct"]) == (later, False)
    assert client.get(page("achievement_detail", later)).context["earlier"] == entry


def test_the_correction_offers_the_evidence_so_far_and_the_button_of_the_department_is_its_own(
    town: Town, client_of: Any
) -> None:
    entry = town.writes()
    store_files(kind=EVIDENCE, owner=entry, uploads=[upload("验收单.pdf")], actor=town.own)
    entry = deciding.verify_for_unit(entry, actor=town.liaison)
    with translation.override("zh-hans"):
        assert pgettext("achievement for the department", "Verify") != gettext("Verify")
    deciding.verify_achievement(entry, actor=town.staff)
    client, url = client_of(town.own), page("achievement_correct", entry)
    form = client.get(url).context["form"]
    assert [label for _key, label in form.fields["kept"].choices] == ["验收单.pdf"]
    sent = typed(result="灌溉130亩", kept=form.fields["kept"].initial, version=Achievement.objects.get().version)
    assert client.post(url, sent).status_code == 302
    later = Achievement.objects.get(supersedes=entry)
    assert [file.name for file in files_of(EVIDENCE, [later.pk])[later.pk]] == ["验收单.pdf"]
