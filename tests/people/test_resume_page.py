"""The page of the résumé: derived beside kept, taken over, corrected, proposed, printed."""

import io

import pytest
from django.urls import reverse
from django.utils import translation
from docx import Document

from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.models import Person, Proposal, Trainee
from cadre_app.people.models.openings import Opening
from cadre_app.people.services.proposals import body_of
from tests.factories import UserFactory

KEPT = "2020.09--2024.06  某大学学习\n2024.07--         望屿区梧岭镇工作"
DERIVED = "2024.07--         临澜市望屿区梧岭镇工作"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def address(trainee):
    return reverse("people:resume", kwargs={"pk": trainee.pk})


@pytest.fixture
def own(place, trainee):
    account = UserFactory.create(unit=place.town, kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=account)
    return account


def keep(trainee, text=KEPT):
    Person.objects.filter(pk=trainee.person_id).update(resume=text)


def version(trainee):
    return Person.objects.get(pk=trainee.person_id).version


def kept(trainee):
    return Person.objects.get(pk=trainee.person_id).resume


def test_without_a_resume_the_page_says_what_is_missing_and_what_to_do(place, trainee, address, client_of):
    page = client_of(place.staff).get(address)
    text = page.content.decode()
    assert ("No résumé is kept yet." in text, "No full-time education has been entered" in text) == (True, True)
    assert [(row.derived, row.kept, row.mark) for row in page.context["compared"].rows] == [(DERIVED, "", "derived")]
    assert reverse("documents:paper", kwargs={"kind": "people.resume", "pk": trainee.pk}) not in text


def test_the_lines_stand_side_by_side_with_their_differences(place, trainee, address, client_of):
    keep(trainee)
    rows = client_of(place.staff).get(address).context["compared"].rows
    assert [row.mark for row in rows] == ["kept", "changed"]


def test_a_line_stands_beside_the_one_of_both_its_months(place, trainee, address, client_of):
    keep(trainee, "2024.07--2024.07  某镇副镇长\n2024.07--         望屿区梧岭镇工作")
    rows = client_of(place.staff).get(address).context["compared"].rows
    assert [(row.derived, row.mark) for row in rows] == [("", "kept"), (DERIVED, "changed")]


def test_what_cannot_be_read_is_shown_as_it_was_written(place, trainee, address, client_of):
    keep(trainee, "从前在村里工作")
    rows = client_of(place.staff).get(address).context["compared"].rows
    assert [(row.kept, row.mark) for row in rows] == [("", "derived"), ("从前在村里工作", "kept")]


def test_the_derived_lines_are_taken_into_the_field_and_saved_from_there(place, trainee, address, client_of):
    client = client_of(place.staff)
    form = client.get(f"{address}?take=derived").context["form"]
    assert (form["resume"].value(), kept(trainee)) == (DERIVED, "")
    answer = client.post(f"{address}?take=derived", {"version": version(trainee), "resume": DERIVED})
    assert (answer.url, kept(trainee)) == (address, DERIVED)
    assert Entry.objects.filter(verb="people.person.resume_changed").count() == 1
    assert client.get(address).context["compared"].is_same


def test_a_nested_period_outside_its_line_is_said_beside_the_field_and_the_text_stays(
    place, trainee, address, client_of
):
    keep(trainee)
    typed = "2020.09--2024.06  某大学学习\n（其间：2025.03--2025.09在某局跟班学习）"
    page = client_of(place.staff).post(address, {"version": version(trainee), "resume": typed})
    form = page.context["form"]
    assert form.errors["resume"] == ["Line 2: a nested period lies outside the period of its line."]
    assert (form["resume"].value(), kept(trainee)) == (typed, KEPT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024.07--2030.01  望屿区梧岭镇工作", "Line 1: the month 2030.01 is still to come."),
        ("2024.07--2026.08  工作\n2026.12--         未来任职", "Line 2: the month 2026.12 is still to come."),
        ("2024.07--9999.12  工作", "Line 1: the month 9999.12 is still to come."),
        (
            "2024.07--         工作\u202e",
            "This text contains an invisible control character (U+202E). Please type it again.",
        ),
    ],
)
def test_months_to_come_and_characters_that_nobody_sees_are_refused_beside_the_field(
    place, trainee, own, address, client_of, text, said
):
    keep(trainee)
    for who in (place.staff, own):
        data = {"resume": text, "reason": "补充", "version": version(trainee)}
        page = client_of(who).post(address, data)
        assert (page.status_code, page.context["form"].errors["resume"]) == (200, [said])
        assert page.context["form"]["resume"].value() == text
    assert kept(trainee) == KEPT


def test_an_old_page_meets_both_texts(place, trainee, address, client_of):
    page = client_of(place.staff).post(address, {"version": version(trainee) + 1, "resume": DERIVED})
    assert (page.status_code, DERIVED in page.content.decode(), kept(trainee)) == (409, True, "")


@pytest.mark.parametrize("who", ["own", "liaison"])
def test_the_trainee_and_the_liaison_propose(place, trainee, own, address, client_of, who):
    user = own if who == "own" else place.somebody(Role.LIAISON, place.town)
    data = {"version": version(trainee), "resume": DERIVED, "reason": "按记录更新"}
    assert client_of(user).post(address, data).url == address
    assert (body_of(Proposal.objects.get()), kept(trainee)) == ({"resume": ["", DERIVED]}, "")


def test_a_proposal_that_waits_is_told_with_its_link_and_no_second_form(place, trainee, own, address, client_of):
    client = client_of(own)
    client.post(address, {"version": version(trainee), "resume": DERIVED, "reason": "按记录更新"})
    link = reverse("people:proposal_detail", kwargs={"pk": Proposal.objects.get().pk})
    page, staff = client.get(address), client_of(place.staff).get(address)
    assert (link in page.content.decode(), page.context["form"]) == (True, None)
    assert (link in staff.content.decode(), staff.context["form"] is None) == (True, False)


def test_a_leader_reads_and_writes_nothing(place, trainee, address, client_of):
    client = client_of(place.somebody(Role.LEADER, place.top))
    assert client.get(address).context["form"] is None
    assert [row.role for row in Opening.objects.filter(trainee=trainee)] == ["leader"]
    assert client.post(address, {"version": version(trainee), "resume": DERIVED}).status_code == 403


def test_a_closed_file_is_read_and_no_longer_written(place, trainee, address, client_of):
    Trainee.objects.filter(pk=trainee.pk).update(departed_on="2026-08-31")
    client = client_of(place.staff)
    assert client.get(address).context["form"] is None
    assert client.post(address, {"version": version(trainee), "resume": DERIVED}).status_code == 403
    assert kept(trainee) == ""


def test_the_paper_prints_the_kept_lines_with_a_mark(place, trainee, client_of):
    keep(trainee, f"{KEPT}\n（其间：2025.03--2025.09在某局跟班学习）")
    client = client_of(place.staff)
    paper = {"kind": "people.resume", "pk": trainee.pk}
    html = client.get(reverse("documents:paper", kwargs=paper)).content.decode()
    word = Document(io.BytesIO(b"".join(client.get(reverse("documents:paper_word", kwargs=paper)))))
    lines = [row.text for row in word.paragraphs if row.text.strip()]
    assert "2024.07--\t望屿区梧岭镇工作" in lines
    assert "\t（其间：2025.03--2025.09在某局跟班学习）" in lines
    assert ("（其间：2025.03--2025.09在某局跟班学习）" in html, "内部资料" in html) == (True, True)


def test_without_a_resume_there_is_no_paper(place, trainee, client_of):
    paper = {"kind": "people.resume", "pk": trainee.pk}
    assert client_of(place.staff).get(reverse("documents:paper", kwargs=paper)).status_code == 404
