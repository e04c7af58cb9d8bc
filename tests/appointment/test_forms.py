"""From the file to the form: what is filled in, what is missing, who reads it, what leaves the house."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.checking import DOUBTFUL, MISSING, findings
from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.forms import FieldsForm
from cadre_app.appointment.lrmx.fields import FamilyRow
from cadre_app.appointment.lrmx.reading import read_lrmx
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts
from cadre_app.appointment.since import changes_since
from cadre_app.appraisal.models import AnnualAssessment, AssessmentYear, Grade, UnitQuota
from cadre_app.conduct.services import rewards
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, PostRecord, Relative, Trainee
from tests.appointment.conftest import RESUME, District
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 12) Mobile MicroMessenger"}


def page(name: str, key: Any) -> str:
    return reverse(f"appointment:{name}", kwargs={"pk": key})


def posted(form: AppointmentForm, **changed: str) -> dict[str, str]:
    fields = FieldsForm(instance=AppointmentForm.objects.get(pk=form.pk))
    values = {bound.name: str(bound.value() or "") for bound in fields if bound.name not in ("photo", "without_photo")}
    return values | changed


def test_the_form_says_what_the_file_says(file: Trainee, place: District) -> None:
    rewards.enter_reward(
        file,
        kind="honour-06",
        level="district",
        awarded_by="中共望屿区委",
        awarded_on=date(2025, 6, 30),
        actor=place.staff,
    )
    form = fields_of(place.staff, file)
    assert (form.sex, form.birth, form.ethnic_group, form.party, form.work) == (
        "女",
        "199908",
        "汉族",
        "201906",
        "202108",
    )
    assert (form.full_time_level, form.full_time_degree) == ("大学", "管理学学士")
    assert (form.full_time_school, form.on_job_level) == ("澜江大学行政管理专业", "")
    assert form.post == "望屿区梧岭镇党建办公室主任、一级科员"
    assert form.resume == RESUME
    assert form.rewards.startswith("2025年6月，获中共望屿区委“")
    assert form.family == (
        FamilyRow("父亲", "陈望海", "197103", "群众", "望屿区医院医师"),
        FamilyRow("母亲", "周念慈", "197305", "", "教师（退休）"),
    )
    assert (form.age_day, form.filled_in, form.reporting_unit) == ("20261123", "202611", "中共望屿区委组织部")
    assert (form.technical_post, form.new_post, form.reason, form.assessments) == ("", "", "", "")


def annual(file: Trainee, place: District, *years: tuple[int, str]) -> None:
    """Assessments that were signed off, without the way there."""
    for year, outcome in years:
        campaign = AssessmentYear.objects.create(
            unit=place.top, year=year, starts_on=date(year + 1, 1, 1), ends_on=date(year + 1, 2, 1)
        )
        quota = UnitQuota.objects.create(campaign=campaign, unit=place.town, participants=10, approved=2)
        AnnualAssessment.objects.create(
            trainee=file, year=year, quota=quota, status="civil_servant",
            grade=outcome if outcome in Grade.values else "", no_grade="" if outcome in Grade.values else outcome,
            checked_on=date(year + 1, 2, 1), confirmed_on=date(year + 1, 3, 1), confirmed_by=place.staff,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "title", "day", "sentence"),
    [
        ("1", "2024年度考核优秀", date(2025, 3, 5), "2024年度考核优秀，给予嘉奖。"),
        ("2", "2023年度、2024年度公务员年度考核优秀等次", date(2025, 3, 5), "2023年度、2024年度考核优秀，记三等功。"),
        ("1", "", date(2025, 3, 5), "2025年3月，中共望屿区委给予嘉奖。"),
        ("1", "2025年度考核优秀", date(2026, 3, 5), "2026年3月，中共望屿区委给予嘉奖（2025年度考核优秀）。"),
        ("1", "2024年度目标考核优秀单位", date(2025, 3, 5), "2025年3月，中共望屿区委给予嘉奖（2024年度目标考核优秀单位）。"),
        ("3", "抗洪抢险", date(2025, 8, 1), "2025年8月，中共望屿区委记二等功（抗洪抢险）。"),
    ],
)  # fmt: skip
def test_a_reward_is_for_what_its_certificate_says(
    file: Trainee, place: District, kind: str, title: str, day: date, sentence: str
) -> None:
    annual(file, place, (2023, "excellent"), (2024, "excellent"), (2025, "competent"))
    rewards.enter_reward(
        file, kind=f"civil_servant-{kind}", title=title, level="district", awarded_by="中共望屿区委", awarded_on=day,
        actor=place.staff,
    )  # fmt: skip
    assert fields_of(place.staff, file).rewards == sentence


def test_in_january_the_last_three_years_end_before_the_one_that_is_being_judged(
    file: Trainee, place: District
) -> None:
    annual(file, place, *((year, "competent") for year in (2022, 2023, 2024, 2025)))
    with time_machine.travel("2027-01-02T12:00:00+08:00"):
        assert fields_of(place.staff, file).assessments == "2023年：称职；2024年：称职；2025年：称职"
    with time_machine.travel("2027-07-01T12:00:00+08:00"):
        assert fields_of(place.staff, file).assessments == "2024年：称职；2025年：称职"


def test_a_result_of_before_the_last_three_years_is_left_out(file: Trainee, place: District) -> None:
    annual(file, place, (2022, "competent"))
    assert fields_of(place.staff, file).assessments == ""


def test_a_year_assessed_by_another_unit_is_left_out_and_no_older_one_takes_its_place(
    file: Trainee, place: District
) -> None:
    annual(file, place, *((year, "competent") for year in (2022, 2023, 2024)), (2025, "transferred"))
    assert fields_of(place.staff, file).assessments == "2023年：称职；2024年：称职"


@pytest.mark.parametrize("post", ["梧岭镇党委组织委员", "望屿区梧岭镇党委组织委员", "镇党委组织委员"])
def test_post_and_resume_name_the_unit_once(file: Trainee, place: District, post: str) -> None:
    Person.objects.filter(pk=file.person_id).update(resume="")
    Trainee.objects.filter(pk=file.pk).update(post=post)
    PostRecord.objects.filter(trainee=file).update(post=post)
    form = fields_of(place.staff, Trainee.objects.get(pk=file.pk))
    assert form.post == "望屿区梧岭镇党委组织委员、一级科员"
    assert form.resume.endswith("临澜市望屿区梧岭镇党委组织委员、一级科员")


def test_what_is_missing_or_doubtful_leads_to_where_it_is_mended(draft: AppointmentForm, file: Trainee) -> None:
    with translation.override("en"):
        found = findings(drafts.content_of(draft), file, draft.pk)
    missing = {str(one.label): one.url for one in found if one.state == MISSING}
    assert set(missing) == {
        "Rewards and discipline", "Results of the annual assessments", "Reason for the appointment or removal", "Photo",
    }  # fmt: skip
    assert missing["Reason for the appointment or removal"] == f"{page('form_edit', draft.pk)}#id_reason"
    assert missing["Photo"] == reverse("people:photo_edit", kwargs={"pk": file.pk})
    doubtful = [str(one.label) for one in found if one.state == DOUBTFUL]
    assert sorted(doubtful) == ["Main members of the family", "Post to take", "Résumé", "Résumé"]
    assert "The last line does not name 党建办公室主任." in [one.text for one in found]


def test_a_derived_resume_is_told(draft: AppointmentForm, file: Trainee, place: District) -> None:
    Person.objects.filter(pk=file.person_id).update(resume="")
    file.person.resume = ""
    refilled = drafts.refill_draft(draft, actor=place.staff)
    assert "梧岭镇" in refilled.fields().resume
    labels = [str(one.label) for one in findings(refilled.fields(), file, draft.pk) if one.state == DOUBTFUL]
    assert "简历" in labels


def test_a_person_has_one_draft_and_what_is_typed_stays(draft: AppointmentForm, file: Trainee, place: District) -> None:
    assert drafts.make_draft(file, actor=place.staff) == draft
    fields = draft.fields()
    drafts.edit_draft(draft, fields=replace(fields, new_post="梧岭镇副镇长", health="良好"), actor=place.staff)
    filled = drafts.refill_draft(draft, actor=place.staff).fields()
    assert (filled.new_post, filled.health) == ("梧岭镇副镇长", "健康")


def told(form: AppointmentForm, place: District) -> list[tuple[str, str]]:
    """What the check of a draft says of the days and of the file since."""
    form = AppointmentForm.objects.get(pk=form.pk)
    changed = changes_since(place.staff, form)
    with translation.override("en"):
        found = findings(drafts.content_of(form), form.trainee, form.pk, changed=changed)
        return [
            (one.label, one.text) for one in found if "by now" in one.text or "ago" in one.text or "over" in one.text
        ]


def test_a_draft_is_held_against_the_file_as_it_is_by_now(
    draft: AppointmentForm, place: District, file: Trainee
) -> None:
    assert told(draft, place) == []
    edited = replace(draft.fields(), health="良好", specialty="乡村治理", native_place="临澜")
    drafts.edit_draft(draft, fields=edited, actor=place.staff)
    assert told(draft, place) == []
    Person.objects.filter(pk=file.person_id).update(
        health="一般", specialty="乡村治理", party_joined_on=date(2018, 6, 1)
    )
    Relative.objects.filter(person=file.person, relation="父亲").update(work="退休")
    assert told(draft, place) == [
        ("Main members of the family", "The file says something else by now. Fill the form anew, or edit this field."),
        ("Joined the Party", "The file says something else by now: 2018.06"),
        ("State of health", "The file says something else by now: 一般"),
    ]
    drafts.refill_draft(draft, actor=place.staff)
    assert told(draft, place) == []


def test_a_form_that_waited_tells_its_age_and_month(draft: AppointmentForm, place: District) -> None:
    with time_machine.travel("2026-12-31T12:00:00+08:00"):
        assert told(draft, place) == [
            ("Age counted on", "The age is counted on 2026.11.23, more than a month ago."),
            ("Filled in on", "The form bears the month 2026.11, which is over."),
        ]
    with time_machine.travel("2027-08-01T12:00:00+08:00"):
        assert told(draft, place)[0] == ("Age counted on", "The age is counted on 2026.11.23; by now the person is 28.")


def test_whoever_issues_sees_what_is_doubtful(
    draft: AppointmentForm, place: District, client_of: Any, file: Trainee
) -> None:
    Person.objects.filter(pk=file.person_id).update(health="一般")
    page_of = client_of(place.staff).get(page("form_issue", draft.pk))
    assert "The file says something else by now: 一般" in page_of.content.decode()


def test_an_issued_form_is_never_changed(draft: AppointmentForm, file: Trainee, place: District) -> None:
    issued = drafts.issue_form(draft, actor=place.staff)
    with pytest.raises(ValidationError):
        drafts.edit_draft(issued, fields=issued.fields(), actor=place.staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentForm.objects.filter(pk=issued.pk).update(body="{}")
    Person.objects.filter(pk=file.person_id).update(health="良好")
    assert AppointmentForm.objects.get(pk=issued.pk).fields().health == "健康"
    assert drafts.make_draft(file, actor=place.staff) != issued


def test_ten_relatives_at_most_are_issued(draft: AppointmentForm, file: Trainee, place: District) -> None:
    for number in range(9):
        Relative.objects.create(person=file.person, relation="姨母", name=f"周念{number}")
    drafts.refill_draft(draft, actor=place.staff)
    with pytest.raises(ValidationError):
        drafts.issue_form(draft, actor=place.staff)


def test_nothing_of_the_content_stands_in_the_database_in_clear(draft: AppointmentForm) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM appointment_appointmentform")
        assert "陈嘉穗" not in cursor.fetchone()[0]
    entry = Entry.objects.get(verb="appointment.form.made")
    assert "body" in entry.sealed
    assert "body" not in entry.after


@pytest.mark.parametrize(
    ("role", "list_status", "edit_status"), [(Role.STAFF, 200, 200), (Role.LEADER, 200, 403), (Role.LIAISON, 403, 404)]
)
def test_who_reads_and_who_edits(
    draft: AppointmentForm,
    file: Trainee,
    place: District,
    client_of: Any,
    role: str,
    list_status: int,
    edit_status: int,
) -> None:
    client = client_of(place.somebody(role, place.town))
    assert client.get(page("form_list", file.pk)).status_code == list_status
    assert client.get(page("form_edit", draft.pk)).status_code == edit_status


def test_nobody_works_on_a_relatives_form(
    draft: AppointmentForm, file: Trainee, place: District, client_of: Any
) -> None:
    me = PersonFactory.create(name="陈望山", account=place.staff)
    Relative.objects.create(person=file.person, relation="叔父", name=me.name, other=me)
    client = client_of(place.staff)
    assert client.get(page("form_detail", draft.pk)).status_code == 404
    assert (
        client.get(reverse("documents:paper", kwargs={"kind": "appointment.form", "pk": draft.pk})).status_code == 404
    )


def test_it_does_not_open_on_a_phone_and_nothing_is_put_on_record(
    draft: AppointmentForm, file: Trainee, place: District, client_of: Any
) -> None:
    client = client_of(place.staff)
    paper = reverse("documents:paper", kwargs={"kind": "appointment.form", "pk": draft.pk})
    names = ("form_detail", "form_edit", "form_lrmx", "form_issue")
    for url in (page("form_list", file.pk), paper, *(page(name, draft.pk) for name in names)):
        assert client.get(url, **PHONE).status_code == 403
    assert not Entry.objects.filter(kind=Entry.Kind.READING).exists()


def test_each_opening_and_each_file_is_on_record(draft: AppointmentForm, place: District, client_of: Any) -> None:
    client = client_of(place.staff)
    shown = client.get(page("form_detail", draft.pk))
    assert "3599" in shown.content.decode()
    assert draft.fields().id_number not in shown.content.decode()
    drafts.issue_form(draft, actor=place.staff)
    asked = client.get(page("form_lrmx", draft.pk))
    assert draft.fields().id_number not in asked.content.decode()
    assert set(client.post(page("form_lrmx", draft.pk), {"reason": " "}).context["form"].errors) == {"reason"}
    answer = client.post(page("form_lrmx", draft.pk), {"reason": "报送区委组织部干部科"})
    form = read_lrmx(answer.content).form
    assert (form.name, form.id_number) == ("陈嘉穗", draft.fields().id_number)
    assert "attachment" in answer.headers["Content-Disposition"]
    readings = Entry.objects.filter(kind=Entry.Kind.READING).values_list("verb", "reason")
    assert sorted(readings) == [
        ("appointment.form.lrmx", "报送区委组织部干部科"), ("appointment.form.read", ""),
    ]  # fmt: skip


def test_every_field_is_edited_on_the_page(draft: AppointmentForm, place: District, client_of: Any) -> None:
    client = client_of(place.staff)
    sent = posted(draft, new_post="梧岭镇副镇长", birth="1999年8月", family_2_relation="妹妹", family_2_birth="2003-4")
    assert client.post(page("form_edit", draft.pk), sent).status_code == 302
    fields = AppointmentForm.objects.get(pk=draft.pk).fields()
    assert (fields.new_post, fields.birth, fields.family[2]) == (
        "梧岭镇副镇长", "199908", FamilyRow(relation="妹妹", birth="200304"),
    )  # fmt: skip
    assert fields.id_number == draft.fields().id_number


def test_bad_input_is_told_beside_its_field_and_kept(draft: AppointmentForm, place: District, client_of: Any) -> None:
    answer = client_of(place.staff).post(
        page("form_edit", draft.pk), posted(draft, work="去年", family_0_birth="199x", birth="9999.01")
    )
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"birth", "work", "family_0_birth"}
    assert 'value="去年"' in answer.content.decode()
    text = answer.content.decode()
    assert 'value="199x"' in text
    assert '<a href="#id_family_0_birth">Relative 1: Month of birth</a>' in text
    assert '<td data-label="Month of birth">' in text


def test_whoever_comes_too_late_is_told_so(draft: AppointmentForm, place: District, client_of: Any) -> None:
    version = draft.version
    drafts.issue_form(draft, actor=place.staff)
    client = client_of(place.staff)
    for name in ("form_edit", "form_refill", "form_issue"):
        answer = client.post(page(name, draft.pk), {"version": version, "reason": "迟到"})
        assert (answer.status_code, "It no longer waits for this step" in answer.text) == (409, True), name
    assert client.get(page("form_edit", draft.pk)).status_code == 403


def test_a_stale_page_shows_both_texts(draft: AppointmentForm, place: District, client_of: Any) -> None:
    sent = posted(draft, new_post="副镇长")
    drafts.edit_draft(draft, fields=replace(draft.fields(), new_post="党委委员"), actor=place.staff)
    answer = client_of(place.staff).post(page("form_edit", draft.pk), sent)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "副镇长" in text
    assert "党委委员" in text


def test_it_is_made_issued_voided_and_restored_on_pages(file: Trainee, place: District, client_of: Any) -> None:
    client = client_of(place.staff)
    assert client.post(page("form_new", file.pk), {"submission": str(uuid4())}).status_code == 302
    form = AppointmentForm.objects.get()
    assert client.post(page("form_issue", form.pk), {"version": form.version}).status_code == 302
    form.refresh_from_db()
    assert (form.state, form.issued_by) == ("issued", place.staff)
    assert client.post(page("form_void", form.pk), {"version": form.version, "reason": "误签"}).status_code == 302
    form.refresh_from_db()
    assert client.post(page("form_restore", form.pk), {"version": form.version}).status_code == 302
    assert client.get(page("form_list", file.pk)).status_code == 200


def test_the_list_costs_the_same_with_three_forms(file: Trainee, place: District, client_of: Any) -> None:
    client, counts = client_of(place.staff), []
    client.get(page("form_list", file.pk))
    for number in (1, 2):
        for _each in range(number):
            drafts.issue_form(drafts.make_draft(file, actor=place.staff), actor=place.staff)
        with CaptureQueriesContext(connection) as caught:
            client.get(page("form_list", file.pk))
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("shape", ["paper", "paper_word", "paper_pdf"])
def test_paper_word_and_pdf_are_made_with_the_photo(
    with_photo: Trainee, place: District, client_of: Any, shape: str
) -> None:
    form = drafts.make_draft(with_photo, actor=place.staff)
    answer = client_of(place.staff).get(
        reverse(f"documents:{shape}", kwargs={"kind": "appointment.form", "pk": form.pk})
    )
    assert answer.status_code == 200
    assert Entry.objects.filter(kind=Entry.Kind.READING, object_id=form.pk).count() == 1
