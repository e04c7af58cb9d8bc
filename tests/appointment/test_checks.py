"""The check of a draft: what cannot be, and what the records miss; each is told with the way to mend it."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from cadre_app.appointment.checking import DOUBTFUL, Finding, findings
from cadre_app.appointment.lrmx.fields import FamilyRow, FormFields
from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts
from cadre_app.people.models import Education, Person, Trainee
from tests.appointment.conftest import RESUME, District

pytestmark = pytest.mark.django_db
FATHER = FamilyRow("父亲", "陈望海", "197103", "群众", "望屿区医院医师")


def checked(draft: AppointmentForm, fields: FormFields, **known: Any) -> list[Finding]:
    with translation.override("en"):
        return [one for one in findings(fields, draft.trainee, draft.pk, **known) if one.state == DOUBTFUL]


def new_in(draft: AppointmentForm, **changed: Any) -> list[tuple[str, str]]:
    """What the check says of a draft so changed that it does not say of it as it is."""
    before = [one.text for one in checked(draft, draft.fields())]
    after = checked(draft, replace(draft.fields(), **changed))
    return [(one.label, one.text) for one in after if one.text not in before]


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("birth", "203001", ("Month of birth", "The month 2030.01 is still to come.")),
        ("work", "202612", ("Began work in", "The month 2026.12 is still to come.")),
        ("party", "203501；民盟盟员", ("Joined the Party", "The month 2035.01 is still to come.")),
        ("filled_in", "203105", ("Filled in on", "The month 2031.05 is still to come.")),
        ("age_day", "20261124", ("Age counted on", "The day 2026.11.24 is still to come.")),
        ("resume", RESUME.replace("2021.08", "2031.08"), ("Résumé", "Line 2: the month 2031.08 is still to come.")),
        ("resume", f"{RESUME}\n（其间：2026.03--2027.03在区委组织部跟班学习）",
         ("Résumé", "Line 2: the month 2027.03 is still to come.")),
        ("assessments", "2025年：称职；2026年：优秀；2027年：优秀",
         ("Results of the annual assessments", "The years 2026、2027 are not over yet.")),
        ("name", "陈嘉惠", ("Full name", "The file has another name: 陈嘉穗")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_leads_to_the_form(
    draft: AppointmentForm, field: str, text: str, told: tuple[str, str]
) -> None:
    assert told in new_in(draft, **{field: text})
    found = next(one for one in checked(draft, replace(draft.fields(), **{field: text})) if one.text == told[1])
    assert found.url == f"{reverse('appointment:form_edit', kwargs={'pk': draft.pk})}#id_{field}"


@pytest.mark.parametrize(
    ("field", "text"),
    [("filled_in", "202611"), ("age_day", "20261123"), ("name", "陈 嘉穗"), ("assessments", "2025年：称职")],
)
def test_the_month_and_the_day_that_run_are_none_to_come(draft: AppointmentForm, field: str, text: str) -> None:
    assert [told for told in new_in(draft, **{field: text}) if "missing" not in told[1]] == []


@pytest.mark.parametrize(
    ("relation", "birth", "told"),
    [
        ("父亲", "203501", "父亲: The month 2035.01 is still to come."),
        ("母亲", "200001", "母亲: by the months of birth less than 14 years older than the person."),
        ("继母", "198509", "继母: by the months of birth less than 14 years older than the person."),
        ("儿子", "198001", "儿子: by the months of birth less than 14 years younger than the person."),
        ("长女", "200501", "长女: by the months of birth less than 14 years younger than the person."),
        ("父亲", "198508", ""),
        ("女儿", "202401", ""),
        ("妻子", "199801", ""),
        ("孙女", "199801", ""),
    ],
)
def test_relatives_of_an_age_that_cannot_be_are_told(
    draft: AppointmentForm, relation: str, birth: str, told: str
) -> None:
    row = replace(FATHER, relation=relation, birth=birth)
    found = new_in(draft, family=(row,))
    assert found == ([("Main members of the family", told)] if told else [])


def test_somebody_who_stands_twice_is_told(draft: AppointmentForm) -> None:
    family = (*draft.fields().family, replace(FATHER, relation="岳父", name="陈 望海"))
    assert new_in(draft, family=family) == [("Main members of the family", "陈望海 stands here more than once.")]


def test_a_second_father_is_told(draft: AppointmentForm) -> None:
    family = (*draft.fields().family, replace(FATHER, name="陈望江"))
    assert new_in(draft, family=family) == [("Main members of the family", "父亲 stands here more than once.")]


@pytest.mark.parametrize("text", ["2018年夏", "2018.06、民盟", "2018.06（2019.06转正）"])
def test_a_day_of_joining_that_is_no_month_is_told_and_not_issued(
    draft: AppointmentForm, place: District, client_of: Any, text: str
) -> None:
    assert ("Joined the Party", f"“{text}” is no month that can be read.") in new_in(draft, party=text)
    drafts.edit_draft(draft, fields=replace(draft.fields(), party=text), actor=place.staff)
    with pytest.raises(ValidationError):
        drafts.issue_form(draft, actor=place.staff)
    client, address = client_of(place.staff), reverse("appointment:form_edit", kwargs={"pk": draft.pk})
    form = client.get(address).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields if name != "photo"}
    assert "party" in client.post(address, posted | {"party": text}).context["form"].errors


def test_a_typed_resume_is_not_called_derived(draft: AppointmentForm) -> None:
    draft.trainee.person.resume = ""
    told = [checked(draft, draft.fields(), is_derived=is_derived) for is_derived in (True, False)]
    assert ["these lines were derived" in str(found) for found in told] == [True, False]


@pytest.mark.parametrize(
    ("birth", "lacking"),
    [
        ("202105", ""),
        ("201905", "妹妹: Unit and post is missing."),
        ("201205", "妹妹: Political affiliation、Unit and post is missing."),
        ("", "妹妹: Month of birth、Political affiliation、Unit and post is missing."),
    ],
)
def test_a_small_child_misses_neither_affiliation_nor_work(draft: AppointmentForm, birth: str, lacking: str) -> None:
    found = new_in(draft, family=(FamilyRow("妹妹", "陈一诺", birth),))
    assert found == ([("Main members of the family", lacking)] if lacking else [])


def test_what_the_records_miss_for_a_derived_resume_is_told(
    draft: AppointmentForm, file: Trainee, place: District, client_of: Any
) -> None:
    client, address = client_of(place.staff), reverse("appointment:form_detail", kwargs={"pk": draft.pk})
    missing = "澜江大学: enter the months of entering and of graduating."
    Education.objects.filter(person=file.person_id).update(started_on=None, graduated_on=None)
    assert missing not in client.get(address).content.decode()
    Person.objects.filter(pk=file.person_id).update(resume="")
    draft = drafts.refill_draft(AppointmentForm.objects.get(pk=draft.pk), actor=place.staff)
    for shown in (client.get(address), client.get(reverse("appointment:form_issue", kwargs={"pk": draft.pk}))):
        assert missing in shown.content.decode()
    written = f"2017.09--2021.06  澜江大学学习\n{draft.fields().resume}"
    drafts.edit_draft(draft, fields=replace(draft.fields(), resume=written), actor=place.staff)
    assert missing not in client.get(address).content.decode()
