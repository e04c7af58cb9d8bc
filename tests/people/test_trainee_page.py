from datetime import date

import pytest
from django.urls import reverse

from cadre_app.core.registries import Relation, relations
from cadre_app.core.roles import Role
from cadre_app.people.file import ruler
from cadre_app.people.models import Education, Person, Trainee
from cadre_app.people.services import family, interruptions, persons, posts, proposals, terms, trainees, transfers
from tests.factories import PersonFactory, TraineeFactory, UserFactory, id_number

NUMBER = id_number(date(1999, 8, 1), serial=24)
PHONE = "13900000024"


@pytest.fixture
def trainee(place) -> Trainee:
    """沈知夏, arrived on 7 July 2025, with a term in the village."""
    person = persons.create_person(
        name="沈知夏",
        id_number=NUMBER,
        phone=PHONE,
        ethnic_group="01",
        political_status="01",
        resume="2018.09--2025.06  澜江大学学习\n（其间：2020.03--2020.09在某镇见习）\n2025.07--  梧岭镇工作",
        actor=place.staff,
    )
    file = TraineeFactory.create(
        person=person,
        home_unit=place.town,
        arrived_on=date(2025, 7, 7),
        probation_ends_on=date(2026, 7, 6),
        remark="内部备注",
    )
    term = terms.start_term(file, village=place.village, started_on=date(2025, 12, 1), actor=place.staff)
    interruptions.interrupt_term(
        term, started_on=date(2026, 3, 1), ended_on=date(2026, 3, 31), reason="病假", actor=place.staff
    )
    return Trainee.objects.get(pk=file.pk)


def page(trainee) -> str:
    return reverse("people:trainee_detail", kwargs={"pk": trainee.pk})


def text_for(sign_in, user, trainee) -> str:
    response = sign_in(user).get(page(trainee))
    assert response.status_code == 200
    return response.content.decode()


def own_account(place, trainee):
    account = UserFactory.create(unit=place.town, kind="trainee")
    Person.objects.filter(pk=trainee.person_id).update(account=account)
    return account


def test_the_head_says_who_which_stage_by_which_rule_and_what_comes(place, trainee, sign_in):
    text = text_for(sign_in, place.staff, trainee)

    for words in ("1999年8月", "汉族", "中共党员", "沈知夏", "病假"):
        assert words in text
    assert 'class="ruler"' in text
    assert (NUMBER in text, PHONE in text, "3599 **** **** " in text) == (False, False, True)


def test_the_ruler_is_drawn_by_attributes_only(place, trainee, sign_in):
    text = text_for(sign_in, place.staff, trainee)

    assert "style=" not in text


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (Role.STAFF, {"edit": True, "propose": False, "masked": True, "history": True, "remark": True}),
        (Role.LEADER, {"edit": False, "propose": False, "masked": True, "history": True, "remark": True}),
        (Role.LIAISON, {"edit": False, "propose": True, "masked": False, "history": False, "remark": True}),
        ("own", {"edit": False, "propose": True, "masked": True, "history": False, "remark": False}),
    ],
)
def test_each_reader_gets_their_own_part(place, trainee, sign_in, who, seen):
    user = own_account(place, trainee) if who == "own" else place.somebody(who, place.town)

    text = text_for(sign_in, user, trainee)

    assert {
        "edit": reverse("people:section_edit", kwargs={"pk": trainee.pk, "section": "identity"}) in text,
        "propose": reverse("people:section_propose", kwargs={"pk": trainee.pk, "section": "identity"}) in text,
        "masked": "139****0024" in text,
        "history": 'id="history"' in text,
        "remark": "内部备注" in text,
    } == seen


@pytest.fixture
def tie():
    """Somebody whom a relation shows the file, and nothing else."""
    user = UserFactory.create(kind="mentor")
    relations.register(
        "test", Relation("name", lambda asker: Trainee.objects.filter(pk__isnull=asker != user).values("pk"))
    )
    yield user
    relations._items.pop("test")


def test_a_tie_does_not_open_the_record(place, trainee, sign_in, tie):
    assert sign_in(tie).get(page(trainee)).status_code == 403


def test_relatives_are_for_staff_leaders_and_the_person(place, trainee, sign_in):
    family.add_relative(trainee.person, relation="父亲", name="沈长河", actor=place.staff)

    seen = {
        role: "沈长河" in text_for(sign_in, place.somebody(role, place.town), trainee)
        for role in (Role.STAFF, Role.LEADER, Role.LIAISON)
    }

    assert seen == {Role.STAFF: True, Role.LEADER: True, Role.LIAISON: False}
    assert "沈长河" in text_for(sign_in, own_account(place, trainee), trainee)


@pytest.mark.parametrize("how", ["departed", "voided"])
def test_a_closed_file_is_read_and_has_no_button_to_change_it(place, trainee, sign_in, how):
    if how == "departed":
        transfers.record_departure(
            trainee,
            kind="resignation",
            effective_on=date(2026, 11, 1),
            document_number="望组干〔2026〕9号",
            approval="同意",
            actor=place.staff,
        )
    else:
        trainees.void_trainee(trainee, reason="误录", actor=place.staff)

    text = text_for(sign_in, place.staff, trainee)

    assert 'class="alert' in text
    assert reverse("people:section_edit", kwargs={"pk": trainee.pk, "section": "identity"}) not in text
    assert reverse("people:trainee_void", kwargs={"pk": trainee.pk}) not in text


def test_codes_of_the_history_are_words(place, trainee, sign_in):
    persons.change_party(
        trainee.person,
        political_status="02",
        party_stage="probationary",
        party_joined_on=date(2026, 6, 1),
        actor=place.staff,
    )

    text = text_for(sign_in, place.staff, trainee)

    assert ("<ins>预备党员</ins>" in text, "<ins>02</ins>" in text) == (True, False)


def test_what_was_voided_stays_in_the_history(place, trainee, sign_in):
    education = family.add_education(trainee.person, mode="full_time", level="21", school="望海学院", actor=place.staff)
    family.void_education(education, reason="重复录入", actor=place.staff)

    text = text_for(sign_in, place.staff, trainee)

    assert "重复录入" in text


@pytest.mark.parametrize("name", ["王㛃", "李𠮷安", "阿依努尔·艾山", "<b>林</b>", "O'Neil & 林"])
def test_rare_names_are_shown_as_written(place, sign_in, name):
    from django.utils.html import escape

    trainee = TraineeFactory.create(home_unit=place.town, person=PersonFactory.create(name=name))

    assert f"<h1>{escape(name)}</h1>" in text_for(sign_in, place.staff, trainee)


@pytest.mark.parametrize("arrived", [date(1, 1, 1), date(1950, 2, 28), date(2024, 2, 29), date(9989, 12, 31)])
def test_dates_at_the_edges_are_shown_without_a_failure(place, sign_in, arrived):
    trainee = TraineeFactory.create(
        home_unit=place.town, arrived_on=arrived, person=PersonFactory.create(birth_month=date(1904, 2, 1))
    )

    text_for(sign_in, place.staff, trainee)


def test_a_resume_that_cannot_be_read_is_shown_as_written(place, sign_in):
    trainee = TraineeFactory.create(home_unit=place.town, person=PersonFactory.create(resume="曾在<某地>工作"))

    assert "曾在&lt;某地&gt;工作" in text_for(sign_in, place.staff, trainee)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_more_rows(place, trainee, sign_in, rows, django_assert_max_num_queries):
    term = trainee.village_terms.get()
    for number in range(rows):
        if number:
            terms.end_term(term, ended_on=date(2026, 3 + number, 1), is_cut_short=True, actor=place.staff)
            term = terms.start_term(
                trainee, village=place.village, started_on=date(2026, 3 + number, 2), actor=place.staff
            )
            interruptions.interrupt_term(
                term, started_on=term.started_on, ended_on=term.started_on, reason="病假", actor=place.staff
            )
        family.add_education(trainee.person, mode="full_time", level=f"2{number + 1}", school="某校", actor=place.staff)
        family.add_relative(trainee.person, relation="亲属", other=PersonFactory.create(), actor=place.staff)
        posts.add_post_record(trainee, started_on=date(2025, 8, 1 + number), post=f"职务{number}", actor=place.staff)
        owner = UserFactory.create(unit=place.town)
        proposals.propose_change(
            trainee, section="identity", values={"health": f"良好{number}"}, reason="体检", actor=owner
        )
    client = sign_in(place.staff)
    client.get(page(trainee))  # what one process asks for once is asked for here
    with django_assert_max_num_queries(25):  # one less where another test of the process has warmed the code tables
        client.get(page(trainee))
    assert Education.objects.count() == rows


def test_a_bar_shows_the_longest_text_that_fits():
    scale = ruler._Scale(date(2025, 1, 1), date(2030, 1, 1))

    def text(until: date) -> str:
        return scale.bar(date(2025, 1, 1), until, 0, "", ("梧头村 村党组织书记助理", "梧头村"), "").text

    assert [text(date(2027, 1, 1)), text(date(2025, 6, 1)), text(date(2025, 1, 5))] == [
        "梧头村 村党组织书记助理",
        "梧头村",
        "",
    ]
