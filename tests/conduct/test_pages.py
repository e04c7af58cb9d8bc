"""The pages of rewards, decisions and admonitions: who reads what, where, and what goes on record."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.conduct.models import Admonition, NamedStaff, Reward, Sanction
from cadre_app.conduct.services import naming
from cadre_app.core.registries import job_kinds
from cadre_app.history.models import Entry
from cadre_app.people.models import Relative
from tests.conduct.conftest import NUMBER, ORGAN, TODAY, Conduct
from tests.factories import PersonFactory, TraineeFactory

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0"
REWARD = {
    "kind": "civil_servant-1",
    "level": "district",
    "awarded_by": "中共望屿区委",
    "awarded_on": "2026-03-05",
    "document_number": "望委〔2026〕3号",
}
DECISION = {"kind": "administrative-2", "organ": ORGAN, "document_number": NUMBER, "decided_on": "2026-05-10"}


def url(name: str, obj: Any = None, query: str = "") -> str:
    return reverse(f"conduct:{name}", kwargs={"pk": obj.pk} if obj is not None else {}) + query


def readings() -> list[tuple[str, Any]]:
    found = Entry.objects.filter(kind=Entry.Kind.READING).order_by("verb")
    return [(entry.verb, entry.object_id) for entry in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?q=林知", 2),
        ("?q=lzy", 2),
        ("?category=honour", 1),
        ("?level=city", 1),
        ("?level=galaxy", 3),
        ("?since=2026-03-01", 2),
        ("?until=2026-03-01", 1),
        ("?case=bare", 1),
        ("?case=voided", 0),
        ("?sort=name", 3),
        ("?sort=-level", 3),
        ("?sort=entered_by", 3),
        ("?page=9", 3),
    ],
)
def test_what_the_list_of_rewards_is_narrowed_to(conduct: Conduct, client_of: Any, query: str, found: int) -> None:
    other = TraineeFactory.create(
        person=PersonFactory.create(name="陈嘉穗"), home_unit=conduct.district.town, arrived_on=date(2024, 7, 1)
    )
    conduct.rewarded()
    conduct.rewarded(kind="honour-06", level="city", awarded_on=date(2026, 2, 1))
    conduct.rewarded(file=other, document_number="")
    table = client_of(conduct.user("staff")).get(url("reward_list", query=query)).context["table"]
    assert len(table.rows) == found


def test_the_liaison_enters_and_corrects_what_they_entered(conduct: Conduct, client_of: Any) -> None:
    client = client_of(conduct.user("liaison"))
    client.post(url("reward_new", conduct.file), REWARD)
    own, other = Reward.objects.get(), conduct.rewarded(kind="civil_servant-2")
    answers = [client.get(url("reward_edit", one)).status_code for one in (own, other)]
    assert answers == [200, 403]


def test_a_double_tap_enters_one_reward(conduct: Conduct, client_of: Any) -> None:
    client = client_of(conduct.user("staff"))
    form = client.get(url("reward_new", conduct.file)).context["form"]
    values = REWARD | {"submission": str(form.initial["submission"])}
    first, second = (client.post(url("reward_new", conduct.file), values) for _time in range(2))
    assert (first.url, Reward.objects.count()) == (second.url, 1)


def test_a_stale_correction_meets_both_texts(conduct: Conduct, client_of: Any) -> None:
    reward = conduct.rewarded()
    client = client_of(conduct.user("staff"))
    client.post(url("reward_edit", reward), REWARD | {"awarded_by": "甲", "version": reward.version})
    answer = client.post(url("reward_edit", reward), REWARD | {"awarded_by": "乙", "version": reward.version})
    text = answer.content.decode()
    assert (answer.status_code, "甲" in text, "乙" in text) == (409, True, True)


def test_a_classification_marking_is_refused_and_nothing_else_is_lost(conduct: Conduct, client_of: Any) -> None:
    client = client_of(conduct.user("named"))
    answer = client.post(url("sanction_new", conduct.file), DECISION | {"document_number": "机密★5年"})
    form = answer.context["form"]
    assert (list(form.errors), form["organ"].value(), Sanction.objects.count()) == (["document_number"], ORGAN, 0)


def test_a_period_without_its_reason_is_refused_beside_the_field(conduct: Conduct, client_of: Any) -> None:
    client = client_of(conduct.user("named"))
    answer = client.post(url("sanction_new", conduct.file), DECISION | {"ends_on": "2026-12-01"})
    assert list(answer.context["form"].errors) == ["end_reason"]


@pytest.mark.parametrize(
    ("who", "status"), [("named", 200), ("leader", 200), ("staff", 404), ("liaison", 404), ("other_staff", 404)]
)
def test_who_opens_what_is_restricted(conduct: Conduct, client_of: Any, who: str, status: int) -> None:
    sanction, warned = conduct.decided(), conduct.warned()
    client = client_of(conduct.user(who))
    found = [client.get(url("sanction_detail", sanction)), client.get(url("admonition_detail", warned))]
    assert [answer.status_code for answer in found] == [status, status]


def test_each_reading_is_on_record_and_the_persons_own_is_not(conduct: Conduct, client_of: Any) -> None:
    sanction = conduct.decided()
    client_of(conduct.user("own")).get(url("sanction_detail", sanction))
    client_of(conduct.user("staff")).get(url("sanction_detail", sanction))
    client = client_of(conduct.user("leader"))
    client.get(url("sanction_list"))
    client.get(url("sanction_detail", sanction))
    client_of(conduct.user("named")).get(url("sanction_edit", sanction))
    read = ("conduct.sanction.read", sanction.pk)
    assert readings() == [("conduct.sanction.listed", None), read, read]


def test_without_a_record_nothing_is_sent(conduct: Conduct, client_of: Any, monkeypatch: Any) -> None:
    sanction = conduct.decided()

    def broken(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr("cadre_app.history.services.record", broken)
    client = client_of(conduct.user("leader"))
    client.raise_request_exception = False
    answers = [client.get(url("sanction_detail", sanction)), client.get(url("sanction_list"))]
    assert [(answer.status_code, NUMBER in answer.content.decode()) for answer in answers] == [(500, False)] * 2


def test_a_workbook_of_decisions_is_on_record_before_it_is_made(conduct: Conduct) -> None:
    conduct.decided()
    table = job_kinds["conduct.sanctions"].table
    assert table is not None
    rows = list(table(conduct.user("named"), QueryDict("columns=document_number")).export_rows())
    assert (rows[1], readings()) == ([NUMBER], [("conduct.sanction.exported", None)])


def test_staff_who_are_not_named_have_no_workbook_of_decisions(conduct: Conduct) -> None:
    kinds = ("conduct.sanctions", "conduct.admonitions")
    may = [[job_kinds[kind].may_run(conduct.user(who)) for kind in kinds] for who in ("named", "leader", "staff")]
    assert may == [[True, True], [True, True], [False, False]]


@pytest.mark.parametrize(
    "name", ["sanction_list", "sanction_detail", "sanction_edit", "admonition_list", "sanction_choose"]
)
def test_what_is_restricted_does_not_open_on_a_phone(conduct: Conduct, client_of: Any, name: str) -> None:
    sanction = conduct.decided()
    about = sanction if name in ("sanction_detail", "sanction_edit") else None
    answer = client_of(conduct.user("named")).get(url(name, about), HTTP_USER_AGENT=PHONE)
    assert (answer.status_code, NUMBER in answer.content.decode(), readings()) == (403, False, [])


def test_the_own_page_holds_rewards_alone_on_a_phone_and_all_that_stands_at_a_desk(
    conduct: Conduct, client_of: Any
) -> None:
    conduct.rewarded()
    conduct.decided()
    conduct.warned()
    client = client_of(conduct.user("own"))
    answers = [client.get(url("reward_list"), HTTP_USER_AGENT=agent) for agent in (PHONE, "Mozilla/5.0 (X11; Linux)")]
    counts = [[len(answer.context[name]) for name in ("rewards", "sanctions", "admonitions")] for answer in answers]
    assert counts == [[1, 0, 0], [1, 1, 1]]
    assert ["desk computer" in answer.content.decode() for answer in answers] == [True, False]


@pytest.mark.parametrize("name", ["file", "print", "year", "year_print"])
def test_the_own_discipline_does_not_stand_in_the_file_on_a_phone(conduct: Conduct, client_of: Any, name: str) -> None:
    conduct.decided()
    year = {"year": 2026} if name.startswith("year") else {}
    page = reverse(f"growth:{name}", kwargs={"pk": conduct.file.pk, **year})
    client = client_of(conduct.user("own"))
    phone, desk = (
        client.get(page, HTTP_USER_AGENT=agent).content.decode() for agent in (PHONE, "Mozilla/5.0 (X11; Linux)")
    )
    assert [NUMBER in text for text in (phone, desk)] == [False, "print" not in name]
    assert ["are not shown on phones" in text for text in (phone, desk)] == [True, False]


@pytest.mark.parametrize("name", ["file", "print", "year"])
def test_neither_a_phone_nor_a_paper_tells_that_there_is_something(conduct: Conduct, client_of: Any, name: str) -> None:
    conduct.decided()
    conduct.warned()
    year = {"year": 2026} if name == "year" else {}
    page = reverse(f"growth:{name}", kwargs={"pk": conduct.file.pk, **year})
    for who in ("leader", "named"):
        client = client_of(conduct.user(who))
        phone, desk = (
            client.get(page, HTTP_USER_AGENT=agent).content.decode() for agent in (PHONE, "Mozilla/5.0 (X11; Linux)")
        )
        told = [
            [word in text for word in ("Disciplinary decision", "Reminder, inquiry or admonition")]
            for text in (phone, desk)
        ]
        assert told == [[False, False], [name != "print"] * 2]


def test_others_are_told_nothing_about_phones_in_the_file(conduct: Conduct, client_of: Any) -> None:
    page = reverse("growth:file", kwargs={"pk": conduct.file.pk})
    text = client_of(conduct.staff).get(page, HTTP_USER_AGENT=PHONE).content.decode()
    assert "are not shown on phones" not in text


def test_a_naming_that_is_withdrawn_opens_nothing_from_the_next_request_on(conduct: Conduct, client_of: Any) -> None:
    sanction = conduct.decided()
    client = client_of(conduct.user("named"))
    assert client.get(url("sanction_detail", sanction)).status_code == 200
    naming.withdraw_naming(NamedStaff.objects.get(), reason="分工调整", actor=conduct.leader)
    assert [client.get(url("sanction_detail", sanction)).status_code, client.get(url("sanction_list")).status_code] == [
        404,
        404,
    ]


def test_a_declared_relative_of_the_person_sees_nothing(conduct: Conduct, client_of: Any) -> None:
    sanction, reward = conduct.decided(), conduct.rewarded()
    kin = PersonFactory.create(name="林大舅", account=conduct.named)
    Relative.objects.create(person=conduct.file.person, relation="舅父", name=kin.name, other=kin)
    client = client_of(conduct.user("named"))
    found = [client.get(url("sanction_detail", sanction)), client.get(url("reward_detail", reward))]
    rows = [client.get(url(name)).context["table"].rows for name in ("sanction_list", "reward_list")]
    new = client.post(url("sanction_new", conduct.file), DECISION | {"document_number": "另号"})
    assert ([one.status_code for one in (*found, new)], rows) == ([404, 404, 404], [[], []])


def test_staff_do_not_read_by_office_what_is_about_themselves(conduct: Conduct, client_of: Any) -> None:
    file = TraineeFactory.create(
        person=PersonFactory.create(name="本人", account=conduct.named), home_unit=conduct.district.town
    )
    sanction = conduct.decided(file=file, actor=conduct.leader, decided_on=date(2025, 5, 10))
    client = client_of(conduct.user("named"))
    answer = client.get(url("sanction_detail", sanction))
    assert ([line.by for line in answer.context["sanctions"]], readings()) == ([f"{ORGAN} {NUMBER}"], [])
    assert client.get(url("sanction_list")).context["table"].rows == []
    assert client.get(url("sanction_edit", sanction)).status_code == 403


def test_the_growth_file_tells_named_readers_that_there_is_something_and_nothing_of_it(
    conduct: Conduct, client_of: Any
) -> None:
    conduct.rewarded()
    conduct.decided()
    conduct.warned()
    page = reverse("growth:file", kwargs={"pk": conduct.file.pk}) + "?kind=reward"
    bodies = {
        who: client_of(conduct.user(who)).get(page).content.decode() for who in ("named", "leader", "staff", "own")
    }
    links = {
        who: body.count("/rewards/discipline/") + body.count("/rewards/admonitions/") for who, body in bodies.items()
    }
    told = {who: NUMBER in body for who, body in bodies.items()}
    assert links == {"named": 2, "leader": 2, "staff": 0, "own": 2}
    assert told == {"named": False, "leader": False, "staff": False, "own": True}


def test_the_search_finds_neither_decisions_nor_admonitions(conduct: Conduct, client_of: Any) -> None:
    conduct.decided()
    body = client_of(conduct.user("leader")).get(reverse("search:results"), {"q": NUMBER}).content.decode()
    assert "/rewards/discipline/" not in body


COSTS = {"reward_list": 10, "sanction_list": 13, "admonition_list": 13}


@pytest.mark.parametrize("name", list(COSTS))
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_with_one_and_three_rows(
    conduct: Conduct, client_of: Any, django_assert_num_queries: Any, name: str, rows: int
) -> None:
    for number in range(rows):
        known = {"document_number": f"{number}号"}
        conduct.rewarded(**known, awarded_on=date(2026, 3, 1 + number))
        conduct.decided(**known)
        conduct.warned(**known)
    client = client_of(conduct.user("named"))
    client.get(url(name))
    with django_assert_num_queries(COSTS[name]):
        answer = client.get(url(name))
        assert len(answer.context["table"].rows) == rows


def test_the_follow_up_and_the_report_are_recorded_from_the_page(conduct: Conduct, client_of: Any) -> None:
    warned = conduct.warned(given_on=date(2026, 5, 31), answer_due_on=date(2026, 10, 1))
    client = client_of(conduct.user("named"))
    client.post(url("admonition_answer", warned), {"answered_on": "2026-09-28", "version": warned.version})
    known = {"reviewed_on": TODAY.isoformat(), "review_result": "corrected"}
    version = Admonition.objects.get().version
    client.post(url("admonition_review", warned), known | {"version": version})
    found = Admonition.objects.get()
    assert (found.answered_on, found.reviewed_on, found.review_result) == (date(2026, 9, 28), TODAY, "corrected")


def test_leaders_name_staff_and_withdraw_it(conduct: Conduct, client_of: Any) -> None:
    client = client_of(conduct.user("leader"))
    client.post(url("named_new", conduct.district.town), {"user": conduct.staff.pk, "reason": "分工"})
    named = NamedStaff.objects.standing().get(user=conduct.staff)
    client.post(url("named_withdraw", named), {"reason": "分工调整", "version": named.version})
    assert NamedStaff.objects.standing().filter(user=conduct.staff).count() == 0
