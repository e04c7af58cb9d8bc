"""The list of guidance notes and its workbook: what each reader finds there, and how it is narrowed."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from cadre_app.core.registries import job_kinds
from cadre_app.mentorship import note_lists
from cadre_app.mentorship.models import Visibility
from cadre_app.mentorship.services import answers, notes
from tests.people.conftest import TODAY


def listed(client, query: str = "") -> list[str]:
    """The texts of the rows as the list shows them."""
    rows = client.get(reverse("mentorship:note_list") + query).context["table"].rows
    return [getattr(row.object, "text", "") for row in rows]


def test_the_list_holds_what_its_reader_may_read(pair, client_of):
    pair.write(text="共享")
    pair.write(text="仅部里", visibility=Visibility.DEPARTMENT)
    pair.write(text="仅自己", visibility=Visibility.PRIVATE)
    found = {name: sorted(listed(client_of(pair.user(name)))) for name in ("mentor", "trainee", "staff", "leader")}
    assert found == {
        "mentor": ["仅自己", "仅部里", "共享"],
        "trainee": ["共享"],
        "staff": ["仅部里", "共享"],
        "leader": ["仅部里", "共享"],
    }


def test_a_liaison_sees_day_way_and_state_and_no_text(pair, client_of):
    pair.write(text="共享的话", topic="入户走访", next_step="走3户")
    pair.write(text="仅部里", visibility=Visibility.DEPARTMENT)
    page = client_of(pair.user("liaison")).get(reverse("mentorship:note_list") + "?columns=text,topic,next_step,day")
    assert [[cell.column.key for cell in row.cells] for row in page.context["table"].rows] == [
        ["happened_on", "trainee", "unit", "mentor", "way", "state"]
    ]
    text = page.content.decode()
    assert not any(word in text for word in ("共享的话", "入户走访", "走3户", "仅部里"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=陈嘉", 2),
        ("?q=张清泉", 2),
        ("?q=林", 0),
        ("?kind=community", 2),
        ("?kind=political", 0),
        ("?way=phone", 1),
        ("?state=acknowledged", 1),
        ("?state=submitted", 1),
        ("?state=voided", 0),
        ("?since=2026-11-01", 1),
        ("?until=2026-10-31", 1),
    ],
)
def test_what_the_list_is_narrowed_to(pair, client_of, query, found):
    answers.acknowledge_note(pair.write(), actor=pair.trainee)
    pair.write(happened_on=date(2026, 10, 8), way="phone")
    assert len(listed(client_of(pair.user("staff")), query)) == found


def test_the_list_is_narrowed_to_a_unit_and_what_lies_below(pair, place, client_of):
    pair.write()
    client = client_of(pair.user("staff"))
    assert [len(listed(client, f"?unit={unit.pk}")) for unit in (place.top, place.town, place.other_town)] == [1, 1, 0]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("staff", 10), ("mentor", 12)])
def test_the_list_asks_the_same_whatever_its_length(pair, client_of, rows, who, queries, django_assert_num_queries):
    for number in range(rows):
        pair.write(happened_on=TODAY - timedelta(days=number))
    client = client_of(pair.user(who))
    with django_assert_num_queries(queries):
        client.get(reverse("mentorship:note_list"))


def test_what_was_voided_is_listed_for_staff(pair, client_of):
    notes.void_note(pair.write(), reason="误录", actor=pair.mentor)
    assert len(listed(client_of(pair.user("staff")), "?state=voided")) == 1
    assert len(listed(client_of(pair.user("liaison")), "?state=voided")) == 0


def exported(pair, name: str, query: str = "") -> str:
    """Everything that the workbook of the list says to this person."""
    rows = note_lists.note_table(pair.user(name), QueryDict(query)).export_rows()
    return "\n".join(" ".join(str(cell) for cell in row) for row in rows)


def test_the_workbook_holds_what_its_reader_may_read(pair):
    pair.write(topic="共享题", text="共享的话", next_step="走3户")
    pair.write(topic="部里题", text="部里的话", visibility=Visibility.DEPARTMENT)
    pair.write(topic="自己题", text="自己的话", visibility=Visibility.PRIVATE)
    words = ("共享题", "共享的话", "走3户", "部里题", "部里的话", "自己题", "自己的话")
    query = "columns=happened_on,topic,text,next_step,visibility"
    found = {
        name: [word for word in words if word in exported(pair, name, query)] for name in ("staff", "leader", "liaison")
    }
    read = ["共享题", "共享的话", "走3户", "部里题", "部里的话"]
    assert found == {"staff": read, "leader": read, "liaison": []}


@pytest.mark.parametrize(
    ("who", "allowed"), [("staff", True), ("liaison", True), ("mentor", False), ("trainee", False)]
)
def test_who_takes_the_list_out(pair, who, allowed):
    assert job_kinds[note_lists.EXPORT].may_run(pair.user(who)) is allowed
