"""Topics and reports are found by their titles, by those who follow them and see them; never by what stands in them."""

from typing import Any

from cadre_app.assignments.search import find_reports
from cadre_app.core.registries import search_sources
from cadre_app.core.roles import Role
from tests.assignments.factories import make_project, make_review, make_version
from tests.assignments.research.conftest import Field, reviewer


def titles(user: Any, text: str) -> list[str]:
    return [hit.title for hit in find_reports(user, text, 10)]


def test_by_the_title_now_and_by_that_of_an_earlier_version(field: Field) -> None:
    project = make_project(field.files[0], title="山货出村", plan="先走访蔬菜基地")
    make_version(project, title="蔬菜出村的初稿", body="云坪乡有高山茶园三处。")
    make_project(field.files[1], title="渔排上的转身")
    assert [titles(field.staff, text) for text in ("山货", "初稿", "转身", "出")] == [
        ["山货出村"], ["山货出村"], ["渔排上的转身"], ["山货出村"],
    ]  # fmt: skip
    assert [titles(field.staff, text) for text in ("走访", "茶园", "林知远")] == [[], [], []]


def test_voided_ones_and_those_of_other_units_are_not_found(field: Field) -> None:
    make_project(field.files[0], title="山货出村", voided_at="2026-11-01T00:00:00Z")
    make_project(field.files[1], title="山货进城")
    elsewhere = field.district.somebody(Role.STAFF, field.district.other_town)
    assert (titles(field.staff, "山货"), titles(elsewhere, "山货")) == (["山货进城"], [])


def test_a_reviewer_finds_nothing_that_has_no_page(field: Field) -> None:
    project = make_project(field.files[0], title="山货出村", state="review")
    person = reviewer()
    make_review(make_version(project), person)
    assert titles(person.account, "山货") == []


def test_the_search_offers_it_to_those_who_follow_research(field: Field) -> None:
    source = search_sources["assignments.research"]
    liaison = field.district.somebody(Role.LIAISON, field.district.top)
    assert [source.visible(user) for user in (field.staff, liaison, field.own)] == [True, False, False]


def test_one_query_however_many_are_found(field: Field, django_assert_num_queries: Any) -> None:
    staff = field.staff
    for number in range(3):
        make_project(field.files[0], title=f"山货{number}", call=field.call)
        find_reports(staff, "山货", 10)
    with django_assert_num_queries(1):
        assert len(find_reports(staff, "山货", 10)) == 3
