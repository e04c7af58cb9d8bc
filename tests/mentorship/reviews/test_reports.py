"""Half-year reports: what they say and never say, made, edited, made anew, sent; who reads them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cadre_app.core.models import Stale
from cadre_app.core.roles import Role
from cadre_app.mentorship.models import Half, MentorReport, PairingGoal
from cadre_app.mentorship.report_papers import report_paper
from cadre_app.mentorship.services import notes, reports
from tests.mentorship.reviews.conftest import paired, signed
from tests.people.conftest import TODAY

pytestmark = pytest.mark.django_db
FIRST = {"year": 2026, "half": Half.FIRST}
SECOND = {"year": 2026, "half": Half.SECOND}
JULY = date(2026, 7, 6)


def note(pairing, day=JULY, visibility="shared", topic="角色转变", step="", **more):
    return notes.add_note(
        pairing, happened_on=day, way="face", topic=topic, text="正文不抄录", next_step=step, visibility=visibility,
        actor=None, **more,
    )  # fmt: skip


def url(name, report):
    return reverse(f"mentorship:report_{name}", kwargs={"pk": report.pk})


@pytest.fixture
def report(pairing, head):
    note(pairing)
    return reports.generate_report(head.person, **SECOND, actor=None)


def test_it_counts_what_was_recorded_and_copies_no_text(pairing, head):
    note(pairing)
    note(pairing, JULY + timedelta(days=9), topic="入户走访", step="走三户", visibility="department")
    note(pairing, topic="私下", visibility="private")
    note(pairing, date(2026, 6, 1), topic="上半年")
    text = reports.generate_report(head.person, **SECOND, actor=None).text
    assert text.splitlines() == [
        "一、总体情况",
        "2026年7月1日至2026年11月23日，结对帮带1人，写帮带记录2条，其中面对面2次。记录的主题有：角色转变、入户走访。",
        "二、帮带情况",
        "（一）林知远（本人任政治淬炼导师）。帮带记录2条，首次为2026年7月6日，末次为2026年7月15日。提出下一步事项1项，尚未办结。帮带目标3项。",
        "三、未办结事项",
        "截至2026年11月23日，帮带记录中提出的下一步事项有1项尚未办结。",
    ]


def test_all_done_is_said_only_where_it_is_true(pairing, head):
    for _number in range(2):
        made = note(pairing, step="走三户")
        type(made).objects.filter(pk=made.pk).update(next_step_done_on=TODAY)
    text = reports.generate_report(head.person, **SECOND, actor=None).text
    assert ("均已办结" in text, "三、" in text) == (True, False)


def test_goals_and_reviews_are_told_as_they_stand(place, pairing, head, review, leader):
    goals = PairingGoal.objects.filter(pairing=pairing).exclude(side="both")
    goals.update(state="reached", progressed_on=TODAY)
    signed(review, place.staff, leader)
    text = reports.generate_report(head.person, **SECOND, actor=None).text
    assert ("帮带目标3项，均已达成。" in text, "半年小结已签批" in text, "本半年没有帮带记录。" in text) == (True,) * 3


def test_an_empty_half_year_is_refused(pairing, head):
    with pytest.raises(ValidationError) as error:
        reports.generate_report(head.person, **FIRST, actor=None)
    assert error.value.error_dict["half"][0].code == "empty"


def test_a_half_year_to_come_is_refused(pairing, head):
    with pytest.raises(ValidationError) as error:
        reports.generate_report(head.person, year=2027, half=Half.FIRST, actor=None)
    assert error.value.error_dict["half"][0].code == "future"


def test_there_is_one_for_each_half_year(report, head):
    with pytest.raises(ValidationError) as error:
        reports.generate_report(head.person, **SECOND, actor=None)
    assert "there already" in str(error.value) or "已生成" in str(error.value)


def test_made_anew_it_keeps_what_was_edited(report, mentor):
    edited = reports.change_report(report, text="一、体会\n写材料要到现场。", actor=mentor)
    anew = reports.regenerate_report(edited, actor=mentor)
    assert (anew.text, anew.previous_text) == (report.text, "一、体会\n写材料要到现场。")


def test_it_is_sent_once_the_half_year_is_over_and_rests_then(pairing, head, mentor, report):
    with pytest.raises(ValidationError) as error:
        reports.send_report(report, actor=mentor)
    assert error.value.code == "not_over"
    note(pairing, date(2026, 6, 1))
    first = reports.generate_report(head.person, **FIRST, actor=mentor)
    sent = reports.send_report(first, actor=mentor)
    with pytest.raises(ValidationError) as error:
        reports.change_report(sent, text="改", actor=mentor)
    assert error.value.code == "sent"
    assert reports.take_back_report(sent, actor=mentor).sent_at is None


def test_an_old_page_meets_a_conflict(report, mentor):
    reports.change_report(report, text="一", actor=mentor)
    with pytest.raises(Stale):
        reports.change_report(report, text="二", version=report.version, actor=mentor)


def test_staff_read_what_was_sent_about_their_own_only(place, pairing, head, mentor):
    note(pairing, date(2026, 6, 1))
    report = reports.generate_report(head.person, **FIRST, actor=mentor)
    seen = MentorReport.objects.visible_to(place.staff)
    assert seen.count() == 0
    reports.send_report(report, actor=mentor)
    town = place.somebody(Role.STAFF, place.town)
    assert [seen.count(), MentorReport.objects.visible_to(town).count()] == [1, 1]
    other = paired(place, head, "黄雨桐")
    type(other.trainee).objects.filter(pk=other.trainee_id).update(home_unit=place.other_town)
    assert [seen.count(), MentorReport.objects.visible_to(town).count()] == [1, 0]


def test_the_paper_has_headings_and_is_for_its_readers(report, mentor, place):
    found = report_paper(mentor, report.pk)
    assert [each["heading"] for each in found.values["sections"]] == ["一、总体情况", "二、帮带情况"]
    assert (found.values["mentor"], report_paper(place.staff, report.pk)) == ("庄世恒", None)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_mentors_pages(sign_in, pairing, mentor, head, language):
    type(mentor).objects.filter(pk=mentor.pk).update(language=language)
    client = sign_in(mentor)
    assert client.get(reverse("mentorship:report_list")).status_code == 200
    empty = client.post(reverse("mentorship:report_new"), {"year": "2026", "half": "1"})
    assert (empty.status_code, "half" in empty.context["form"].errors) == (200, True)
    note(pairing, date(2026, 6, 1))
    made = client.post(reverse("mentorship:report_new"), {"year": "2026", "half": "1"})
    report = MentorReport.objects.get()
    assert made.url == url("detail", report)
    for name in ("detail", "edit", "regenerate", "send"):
        assert client.get(url(name, report)).status_code == 200
    client.post(url("edit", report), {"text": "一、体会", "version": 1})
    client.post(url("regenerate", report), {"version": 2})
    assert "一、体会" in client.get(url("detail", report)).content.decode()
    client.post(url("send", report), {"version": 3})
    assert client.get(url("take_back", report)).status_code == 200
    report.refresh_from_db()
    assert report.sent_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_staff_costs_the_same_however_many(
    client_of, place, pairing, head, rows, django_assert_num_queries
):
    note(pairing, date(2026, 6, 1))
    made = reports.generate_report(head.person, **FIRST, actor=None)
    MentorReport.objects.filter(pk=made.pk).update(sent_at=made.generated_at)
    for number in range(1, rows):
        made.pk, made.year, made._state.adding = None, 2026 - number, True
        made.id = uuid4()
        made.sent_at = made.generated_at
        made.save(force_insert=True)
    client = client_of(place.staff)
    client.get(reverse("mentorship:report_list"))
    with django_assert_num_queries(7):
        page = client.get(reverse("mentorship:report_list"))
    assert len(page.context["table"].rows) == rows


def test_the_half_year_of_the_latest_record_is_proposed(client_of, head, mentor, pairing, review, place, leader):
    def proposed():
        form = client_of(mentor).get(reverse("mentorship:report_new")).context["form"]
        return form["year"].value(), form["half"].value()

    assert proposed() == (2026, Half.SECOND)  # the one that runs, as nothing is recorded
    note(pairing, date(2026, 6, 1))
    note(pairing, visibility="private")
    assert proposed() == (2026, Half.FIRST)
    signed(review, place.staff, leader)
    assert proposed() == (2026, Half.SECOND)
