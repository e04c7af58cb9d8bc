"""The résumé of demo-texts B18, from records alone."""

from datetime import date

import pytest
from django.urls import reverse

from cadre_app.advancement.models import Outcome, OutcomeKind, OutcomeState
from cadre_app.assignments.models import HostLevel, Posting, PostingKind, PostingMode, PostingState
from cadre_app.core.resumes import resume_facts
from cadre_app.org.models import UnitKind
from cadre_app.people.file.resumes import compared_resume
from cadre_app.people.models import Education, Office, Trainee, TransferKind, VillageTerm
from cadre_app.people.models import Transfer as TransferRow
from cadre_app.people.services import family, posts, terms
from tests.factories import TraineeFactory, UnitFactory
from tests.people.conftest import _on_the_day, client_of, place, sign_in
from tests.people.test_resume import SAMPLE

QUERIES = 19
__all__ = ["_on_the_day", "client_of", "place", "sign_in"]


@pytest.fixture
def file(place) -> Trainee:
    """Somebody as in B18: two schools, a village term across the grading, shadow training, a post of one's own."""
    trainee = TraineeFactory.create(
        home_unit=place.town, arrived_on=date(2022, 8, 15), probation_ends_on=date(2023, 8, 14)
    )
    school = {"mode": "full_time", "school": "澜江大学公共管理学院", "actor": place.staff}
    family.add_education(
        trainee.person,
        level="21",
        major="行政管理",
        started_on=date(2015, 9, 1),
        graduated_on=date(2019, 7, 1),
        **school,
    )
    family.add_education(
        trainee.person,
        level="14",
        major="公共管理",
        started_on=date(2019, 9, 1),
        graduated_on=date(2022, 6, 1),
        **school,
    )
    Office.objects.create(unit=place.village, name="村党支部书记", is_community_source=True)
    posts.add_post_record(trainee, started_on=date(2023, 8, 20), rank="10", actor=place.staff)
    posts.add_post_record(trainee, started_on=date(2025, 10, 9), post="党建办公室主任", rank="09", actor=place.staff)
    term = terms.start_term(
        trainee, village=place.village, role="secretary", started_on=date(2022, 9, 1), actor=place.staff
    )
    type(term).objects.filter(pk=term.pk).update(ended_on=date(2024, 9, 1))
    posted(trainee, place.staff)
    return Trainee.objects.select_related("person", "home_unit").get(pk=trainee.pk)


def posted(trainee, actor, **values):
    known = {
        "kind": PostingKind.SHADOW,
        "mode": PostingMode.FULL,
        "host_name": "临澜市农业农村局",
        "host_level": HostLevel.CITY,
        "tasks": "学习",
        "started_on": date(2025, 3, 3),
        "due_on": date(2025, 9, 2),
        "ended_on": date(2025, 9, 2),
        "state": PostingState.CLOSED,
        "proposed_by": actor,
    }
    return Posting.objects.create(trainee=trainee, **(known | values))


def text_of(user, file) -> str:
    return compared_resume(user, Trainee.objects.select_related("person", "home_unit").get(pk=file.pk)).text


def test_the_sample_follows_from_the_records(place, file):
    found = compared_resume(place.staff, file)
    assert found.text == SAMPLE
    assert found.missing == []
    assert [(row.kept, row.mark) for row in found.rows] == [("", "derived")] * 8


def test_the_kept_resume_stands_beside_line_by_line(place, file):
    file.person.resume = SAMPLE.replace("待分配", "待业")
    found = compared_resume(place.staff, file)
    assert [row.mark for row in found.rows] == ["same", "same", "changed", *["same"] * 5]
    file.person.resume = SAMPLE
    assert compared_resume(place.staff, file).is_same


def test_shorter_postings_and_those_not_signed_off_are_left_out(place, file):
    before = text_of(place.staff, file)
    day = {"started_on": date(2026, 1, 5), "due_on": date(2026, 5, 4)}
    posted(file, place.staff, **day, ended_on=date(2026, 5, 4))
    posted(
        file, place.staff, **day | {"due_on": date(2027, 5, 4)}, ended_on=None, state=PostingState.PROPOSED, mode="half"
    )
    assert text_of(place.staff, file) == before


def test_a_temporary_post_is_named_and_a_running_one_stays_open(place, file):
    posted(
        file,
        place.staff,
        kind=PostingKind.TEMPORARY_POST,
        host_name="",
        host_level=HostLevel.DISTRICT,
        unit=place.other_town,
        post="镇长助理（挂职）",
        started_on=date(2026, 2, 2),
        due_on=date(2027, 2, 1),
        ended_on=None,
        state=PostingState.APPROVED,
    )
    assert text_of(place.staff, file).splitlines()[-1].strip() == (
        "（其间：2026.02--挂职任临澜市望屿区潮音镇镇长助理）"
    )


def test_a_transfer_changes_the_place(place, file):
    office = UnitFactory.create(name="区委组织部", kind=UnitKind.DEPARTMENT, parent=place.top)
    TransferRow.objects.create(
        trainee=file,
        kind=TransferKind.INTERNAL,
        effective_on=date(2026, 3, 2),
        from_unit=place.town,
        to_unit=office,
        document_number="望委组〔2026〕3号",
        served_months=42,
    )
    Trainee.objects.filter(pk=file.pk).update(home_unit=office)
    last, new = text_of(place.staff, file).splitlines()[-2:]
    assert last == "2025.10--2026.03  临澜市望屿区梧岭镇党建办公室主任、三级主任科员"
    assert new == "2026.03--         临澜市望屿区委组织部三级主任科员"
    [missing] = compared_resume(place.staff, Trainee.objects.get(pk=file.pk)).missing
    assert "区委组织部" in missing
    posts.add_post_record(file, started_on=date(2026, 3, 2), post="干部科科员", rank="09", actor=place.staff)
    assert (
        text_of(place.staff, file).splitlines()[-1] == "2026.03--         临澜市望屿区委组织部干部科科员、三级主任科员"
    )
    assert compared_resume(place.staff, Trainee.objects.get(pk=file.pk)).missing == []


def test_a_village_of_another_town_is_told_with_its_town(place, file):
    VillageTerm.objects.filter(trainee=file).update(ended_on=None)
    TransferRow.objects.create(
        trainee=file,
        kind=TransferKind.INTERNAL,
        effective_on=date(2024, 3, 1),
        from_unit=place.town,
        to_unit=place.other_town,
        document_number="望委组〔2024〕3号",
        served_months=18,
    )
    Trainee.objects.filter(pk=file.pk).update(home_unit=place.other_town)
    lines = text_of(place.staff, file).splitlines()
    assert "2023.08--2024.03  临澜市望屿区梧岭镇四级主任科员、梧头村党支部书记助理（挂职）" in lines
    assert "2024.03--2025.10  临澜市望屿区潮音镇四级主任科员、梧岭镇梧头村党支部书记助理（挂职）" in lines


def test_an_outcome_says_its_line_itself(place, file):
    Outcome.objects.create(
        trainee=file,
        kind=OutcomeKind.PROMOTED,
        post="党委委员",
        document_number="望委干〔2026〕31号",
        published_on=date(2026, 4, 2),
        effective_on=date(2026, 4, 1),
        resume_text="临澜市望屿区梧岭镇党委委员、三级主任科员",
        state=OutcomeState.IN_FILE,
        entered_by=place.staff,
        entered_on=date(2026, 4, 2),
        checked_by=place.somebody("staff", place.top),
        checked_on=date(2026, 4, 2),
        signed_by=place.somebody("leader", place.top),
        signed_on=date(2026, 4, 2),
    )
    assert text_of(place.staff, file).splitlines()[-1] == "2026.04--         临澜市望屿区梧岭镇党委委员、三级主任科员"


def test_what_is_missing_is_said(place):
    file = TraineeFactory.create(home_unit=place.town, arrived_on=date(2020, 2, 29))
    file.person.work_month = date(2018, 7, 1)
    file.person.save()
    assert text_of(place.staff, file) == "2020.02--         临澜市望屿区梧岭镇工作"
    found = compared_resume(place.staff, file)
    assert len(found.missing) == 3
    family.add_education(file.person, mode="full_time", level="21", school="澜江大学", actor=place.staff)
    assert [text for text in compared_resume(place.staff, file).missing if "澜江大学" in text] != []


def test_nobody_waits_from_the_month_in_which_work_began(place, file):
    file.person.work_month = date(2022, 6, 1)
    file.person.save()
    assert "待分配" not in text_of(place.staff, file)


def test_a_hole_between_two_schools_is_said(place, file):
    Education.objects.filter(level="14").update(started_on=date(2021, 9, 1))
    [missing] = compared_resume(place.staff, file).missing
    assert ("2019" in missing, "2021" in missing) == (True, True)


def test_a_probationer_is_one_while_the_probation_runs(place):
    file = TraineeFactory.create(
        home_unit=place.town, arrived_on=date(2026, 8, 3), probation_ends_on=date(2027, 8, 2), kind="introduced",
        status="institution",
    )  # fmt: skip
    assert text_of(place.staff, file) == "2026.08--         临澜市望屿区梧岭镇试用期工作人员（引进生）"


def test_who_sees_no_records_derives_nothing_from_them(place, file):
    stranger = place.somebody("staff", UnitFactory.create())
    assert [period.text for period in resume_facts(stranger, file).periods] == [
        "临澜市望屿区梧岭镇试用期公务员（选调生）",
        "临澜市望屿区梧岭镇工作",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_few_queries_however_much_there_is(place, file, count, client_of, django_assert_num_queries):
    for number in range(count - 1):
        posted(
            file, place.staff, started_on=date(2015 + 2 * number, 1, 5), due_on=date(2015 + 2 * number, 9, 4),
            ended_on=date(2015 + 2 * number, 9, 4),
        )  # fmt: skip
        posts.add_post_record(file, started_on=date(2024, 1 + number, 3), rank="10", actor=place.staff)
        family.add_education(
            file.person, mode="full_time", level="21", school=f"校{number}", started_on=date(2010, 9, 1),
            graduated_on=date(2011, 7, 1), actor=place.staff,
        )  # fmt: skip
    client, address = client_of(place.staff), reverse("people:resume", kwargs={"pk": file.pk})
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
