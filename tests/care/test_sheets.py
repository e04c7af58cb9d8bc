"""谈心谈话登记表: with its head before the talk, with what is not restricted after it, with the texts for who says why."""

import io
import uuid
from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape
from docx import Document

from cadre_app.care.models import Talk
from cadre_app.care.papers.talks import talk_values
from cadre_app.care.services import recording, talks
from cadre_app.core.guides import guides
from cadre_app.history.models import Entry
from cadre_app.people.services import terms
from tests.care.conftest import ANSWER, SECRET, Care, Somebody

pytestmark = pytest.mark.django_db


def sheet_url(talk: Talk) -> str:
    return reverse("care:talk_sheet", kwargs={"pk": talk.pk})


def paper_url(talk: Talk, name: str = "paper") -> str:
    return reverse(f"documents:{name}", kwargs={"kind": "care.talk", "pk": talk.pk})


def sent(**values: Any) -> dict[str, Any]:
    return {"submission": uuid.uuid4(), "reason": "存入纸质卷", "shape": "page"} | values


def readings(talk: Talk) -> list[tuple[str, str]]:
    found = Entry.objects.filter(object_id=talk.pk, kind=Entry.Kind.READING)
    return list(found.order_by("at").values_list("verb", "reason"))


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_before_the_talk_the_form_has_its_head_and_room_to_write(care: Care):
    begun = {"village": care.district.village, "started_on": date(2025, 9, 1), "actor": care.staff}
    terms.start_term(care.file, **begun)

    found = talk_values(care.planned(occasion="setback"))

    assert {name: found[name] for name in ("trainee", "unit", "village", "occasion", "time", "place")} == {
        "trainee": "林知远",
        "unit": care.district.town.name,
        "village": care.district.village.name,
        "occasion": "工作受挫后谈话",
        "time": "",
        "place": "",
    }
    assert (found["content"], found["response"]) == ([], [])
    assert [one["text"] for one in found["problems"]] == ["", ""]


def test_the_form_names_the_mentors_that_the_rooms_announce(care: Care):
    talk = care.planned()
    assert talk_values(talk)["mentors"] == ""
    assert sorted(guides) == ["mentorship"]


def test_a_booked_talk_names_time_place_and_interviewer(care: Care):
    talk = talks.book_talk(
        care.planned(), booked_on=date(2026, 12, 1), booked_time=time(9, 5), place="部里",
        interviewer=care.leader, version=1, actor=care.staff,
    )  # fmt: skip

    found = talk_values(talk)

    assert (found["time"], found["place"]) == ("2026年12月1日9:05", "部里")
    assert care.leader.display_name in found["interviewer"]


def test_what_was_raised_stands_on_the_form_with_handler_day_and_return_visit(care: Care):
    talk = care.held()
    care.raised(talk, handler=care.colleague)

    [first, *rest] = talk_values(talk)["problems"]

    assert first == {
        "text": "办公电脑老旧",
        "handled_by": f"澜桥街道党政办（{care.colleague.display_name}）",
        "due": "2026年12月5日",
        "answer": "",
        "revisited": "",
    }
    assert [one["text"] for one in rest] == [""]


@pytest.mark.parametrize("name", ["paper", "paper_word", "paper_pdf"])
def test_the_papers_of_the_documents_room_never_hold_the_text(care: Care, sign_in: Somebody, name: str):
    talk = care.held()

    answer = sign_in(care.user("staff")).get(paper_url(talk, name))

    assert answer.status_code == 200
    body = text_of(answer.content) if name == "paper_word" else answer.content.decode("utf-8", "replace")
    assert SECRET not in body
    if name != "paper_pdf":
        assert "限定知悉" in body
    assert [verb for verb, _reason in readings(talk)] == [
        f"documents.paper.{'opened' if name == 'paper' else name[6:]}"
    ]


def test_the_person_concerned_opens_no_form(care: Care, sign_in: Somebody):
    talk = care.held()
    person = sign_in(care.user("own"))
    assert [person.get(paper_url(talk)).status_code, person.get(sheet_url(talk)).status_code] == [404, 403]


def test_nothing_is_printed_without_a_reason(care: Care, sign_in: Somebody):
    talk = care.held()

    answer = sign_in(care.user("staff")).post(sheet_url(talk), sent(reason=" "))

    assert (answer.status_code, SECRET in answer.content.decode(), readings(talk)) == (200, False, [])


@pytest.mark.parametrize("who", ["staff", "leader"])
def test_the_filled_form_is_on_record_with_its_reason(care: Care, sign_in: Somebody, who: str):
    talk = care.held()

    answer = sign_in(care.user(who)).post(sheet_url(talk), sent())

    body = answer.content.decode()
    assert (SECRET in body, ANSWER in body, "paper-across" in body) == (True, True, True)
    assert readings(talk) == [("care.talk.printed", "存入纸质卷")]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_word_file_bears_the_text_and_the_mark_of_its_reader(care: Care, sign_in: Somebody):
    talk = care.held()

    answer = sign_in(care.user("staff")).post(sheet_url(talk), sent(shape="word"))

    assert SECRET in text_of(answer.content)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert readings(talk) == [("care.talk.printed", "存入纸质卷")]


def test_nothing_leaves_where_the_printing_cannot_be_put_on_record(care: Care, sign_in: Somebody, monkeypatch):
    talk = care.held()
    client = sign_in(care.user("staff"))
    client.raise_request_exception = False

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(recording.history, "record_reading", fail)
    answer = client.post(sheet_url(talk), sent())

    assert (answer.status_code, SECRET in answer.content.decode()) == (500, False)


def test_a_colleague_who_is_not_named_and_a_phone_get_no_filled_form(care: Care, sign_in: Somebody):
    talk = care.held()
    assert sign_in(care.user("colleague")).get(sheet_url(talk)).status_code == 403
    phone = sign_in(care.user("staff"))
    answer = phone.post(sheet_url(talk), sent(), headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Mobile"})
    assert (answer.status_code, readings(talk)) == (403, [])


def test_the_page_of_a_talk_leads_to_its_forms(care: Care, sign_in: Somebody):
    talk, client = care.held(), sign_in(care.user("staff"))
    page = client.get(reverse("care:talk_detail", kwargs={"pk": talk.pk})).content.decode()
    assert (escape(paper_url(talk)) in page, escape(sheet_url(talk)) in page) == (True, True)


def test_a_voided_talk_goes_on_no_paper(care: Care, sign_in: Somebody):
    gone = talks.void_talk(care.held(), reason="误录", actor=care.staff)
    client = sign_in(care.user("staff"))
    assert [client.get(paper_url(gone)).status_code, client.get(sheet_url(gone)).status_code] == [404, 403]


def test_staff_of_other_units_find_neither(care: Care, sign_in: Somebody):
    talk, client = care.held(), sign_in(care.user("other_staff"))
    assert [client.get(paper_url(talk)).status_code, client.get(sheet_url(talk)).status_code] == [404, 404]
