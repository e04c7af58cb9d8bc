"""The timeline: which days it shows, what is drawn of whom, what it says, and how it is cut."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cadre_app.accounts.models import User
from cadre_app.assignments import timeline as pages
from cadre_app.assignments.drawing import AXIS, Scale, cut_to
from cadre_app.assignments.models import PostingKind, PostingMode, PostingState
from cadre_app.assignments.stretches import of_leave, of_posting
from cadre_app.assignments.timeline import Window, by_fronts, by_people
from cadre_app.assignments.timeline_drawing import ROOMY, THINNEST, people_panels, said
from cadre_app.core.roles import Role
from cadre_app.people.models import Interruption
from tests.assignments.board.conftest import TODAY
from tests.assignments.factories import front, make_leave, make_posting

pytestmark = pytest.mark.django_db

PAGE = reverse("assignments:timeline")
DAY = timedelta(days=1)
ALL = {"unit": None}


def drawn(user, **asked):
    return by_people(user, ALL | asked, TODAY, 1)


def bars(user, **asked):
    shown = drawn(user, **asked)
    return [bar for panel in people_panels(shown.lines, shown.window, TODAY) for bar in panel.bars]


def names(shown):
    return [line.trainee.person.name for line in shown.lines]


def test_the_window_is_three_years_around_today_or_a_year():
    windows = [Window.of("", TODAY), Window.of("", date(2028, 2, 29)), Window.of("2024", TODAY)]
    assert [(window.first, window.last) for window in windows] == [
        (date(2024, 7, 1), date(2027, 6, 30)),
        (date(2025, 10, 1), date(2028, 9, 30)),
        (date(2024, 1, 1), date(2024, 12, 31)),
    ]


def test_village_terms_postings_and_leave_of_a_person_stand_in_one_line(place, somebody, term):
    person = somebody("甲")
    term(person, TODAY - 300 * DAY, TODAY + 400 * DAY)
    make_posting(person, mode=PostingMode.BESIDE)
    make_leave(person)
    [line] = drawn(place.staff).lines
    assert [one.kind for one in line.stretches] == ["village", "task_force", "leave"]


def test_a_posting_shows_in_a_year_that_has_one_of_its_days(place, somebody):
    for name, last in (("甲", date(2025, 12, 31)), ("乙", date(2026, 1, 1))):
        make_posting(somebody(name), on=date(2025, 6, 1), due_on=last, ended_on=last, state=PostingState.CLOSED)
    found = [names(drawn(place.staff, year=year)) for year in ("2024", "2025", "2026", "2027")]
    assert found == [[], ["乙", "甲"], ["乙"], []]


def test_who_has_not_returned_is_drawn_until_today_in_red(place, somebody):
    make_posting(somebody("甲"), on=date(2025, 3, 1), due_on=date(2025, 12, 31))
    [bar] = bars(place.staff)
    assert [rect.css for rect in bar.rects] == ["cur", "edge", "ov"]
    assert bars(place.staff, year="2026")[0].rects[-1].css == "ov"
    assert bars(place.staff, year="2027") == []


def test_what_goes_on_beyond_the_window_is_marked_at_its_edge(place, somebody):
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    days = ((first, last), (first - DAY, last), (first, last + DAY), (first - DAY, last + DAY), (first, None))
    for number, (starts, due) in enumerate(days):
        make_posting(somebody(f"{number}某"), on=starts, due_on=due)
    assert [len(bar.cuts) for bar in bars(place.staff, year="2026")] == [0, 1, 1, 2, 1]


def test_bars_lie_within_the_drawing():
    scale = Scale(Window.of("2024", TODAY), 366.0)
    places = [
        scale.x(date(2023, 5, 1)),
        scale.x(date(2024, 1, 1)),
        scale.x(date(2024, 2, 29)),
        scale.after(date(2024, 2, 29)),
        scale.after(date(2024, 12, 31)),
        scale.after(date(2031, 1, 1)),
    ]
    assert places == [0.0, 0.0, 59.0, 60.0, 366.0, 366.0]


def test_an_interruption_is_drawn_into_the_village_term_and_said(place, somebody, term):
    row = term(somebody("甲"), date(2025, 1, 1), date(2027, 3, 1))
    Interruption.objects.create(term=row, started_on=date(2025, 6, 1), ended_on=date(2025, 7, 30), reason="借调")
    with translation.override("en"):
        [bar] = bars(place.staff)
    assert [rect.css for rect in bar.rects] == ["vil", "still", "vile"]
    assert "interrupted 1 Jun 2025 to 30 Jul 2025" in bar.label


def test_a_bar_says_who_where_from_when_until_when(somebody):
    posting = make_posting(somebody("段明夷"), on=date(2026, 8, 1), due_on=date(2026, 12, 1))
    with translation.override("en"):
        text = said(of_posting(posting, TODAY))
    assert text == (
        "段明夷, 环湾大道工程建设指挥部, Task force, Full-time, 1 Aug 2026 to 1 Dec 2026, Under way, 8 days left"
    )


def test_the_reason_of_leave_is_nowhere(somebody):
    leave = make_leave(somebody("甲"), reason="看病")
    assert "看病" not in said(of_leave(leave, TODAY))


def test_proposed_ones_are_dashed_and_declined_ones_are_not_drawn(place, somebody):
    make_posting(somebody("甲"), on=TODAY + DAY, state=PostingState.PROPOSED)
    make_posting(somebody("乙"), on=TODAY + DAY, state=PostingState.DECLINED, decline_reason="人手不足")
    assert [bar.rects[0].css for bar in bars(place.staff)] == ["plan"]


FILTERS = (
    ({"kind": "village"}, ["甲"]),
    ({"kind": "leave"}, ["丙"]),
    ({"kind": PostingKind.TASK_FORCE}, ["乙"]),
    ({"kind": PostingKind.LOAN}, []),
    ({"front": "headquarters"}, ["乙"]),
    ({"front": "none"}, []),
    ({"q": "丙"}, ["丙"]),
)


def test_filters_narrow_who_and_what_is_drawn(place, somebody, term):
    first, second, third = (somebody(name) for name in ("甲", "乙", "丙"))
    term(first, TODAY - DAY, TODAY + 700 * DAY)
    make_posting(second)
    make_leave(third)
    assert [(asked, names(drawn(place.staff, **asked))) for asked, _names in FILTERS] == list(FILTERS)


def test_the_table_has_the_same_stretches_as_the_drawing(staff, place, somebody, term):
    person = somebody("甲")
    term(person, TODAY - 300 * DAY, TODAY + 400 * DAY)
    make_posting(person, mode=PostingMode.HALF)
    make_leave(person)
    chart, table = staff.get(PAGE), staff.get(PAGE, {"by": "table"})
    labels = [bar.label for panel in chart.context["panels"] for bar in panel.bars]
    assert labels == [said(one) for one in table.context["shown"].stretches]
    body = table.content.decode()
    assert (body.count('<th class="first" scope="row">'), '<svg class="gantt' in body) == (3, False)


def test_every_bar_is_a_link_with_its_words(staff, somebody):
    make_posting(somebody("甲"))
    page = staff.get(PAGE)
    [bar] = page.context["panels"][0].bars
    assert f'<a href="{bar.url}" aria-label="{bar.label}">' in page.content.decode()


def test_many_stand_in_two_halves_within_one_screen(place, somebody):
    for number in range(100):
        make_posting(somebody(f"某{number}"))
    shown = drawn(place.staff)
    panels = people_panels(shown.lines, shown.window, TODAY)
    assert ([panel.lines for panel in panels], {panel.height < 700 for panel in panels}) == ([50, 50], {True})


def test_pages_hold_a_hundred(monkeypatch, staff, somebody):
    monkeypatch.setattr(pages, "PEOPLE", 2)
    monkeypatch.setattr(pages, "A_FEW_MORE", 0)
    for name in ("甲", "乙", "丙"):
        make_posting(somebody(name))
    found = [staff.get(PAGE, {"page": page}).context["shown"] for page in ("1", "2", "99", "x", "-1")]
    assert [(len(shown.lines), shown.page, shown.pages) for shown in found] == [
        (2, 1, 2),
        (1, 2, 2),
        (1, 2, 2),
        (2, 1, 2),
        (2, 1, 2),
    ]


def test_by_front_each_says_who_is_there_and_who_was_sent(place, somebody):
    make_posting(
        somebody("甲"), on=date(2022, 12, 31), due_on=date(2023, 6, 1), ended_on=date(2023, 6, 1), state="closed"
    )
    make_posting(
        somebody("乙"), on=date(2025, 1, 1), due_on=date(2025, 6, 1), ended_on=date(2025, 6, 1), state="closed"
    )
    make_posting(somebody("丙"))
    make_posting(somebody("丁"), on=TODAY + DAY)
    with translation.override("en"):
        [group] = by_fronts(place.staff, ALL, TODAY).groups
    assert (group.facts, len(group.stretches)) == (["1 there now", "2 since 2023"], 3)


def test_by_front_too_many_are_said_not_hidden(monkeypatch, staff, somebody):
    monkeypatch.setattr(pages, "MOST_BARS", 1)
    make_posting(somebody("甲"))
    make_posting(somebody("乙"), front=front("hygiene"))
    page = staff.get(PAGE, {"by": "front"})
    assert (page.context["shown"].total, "Only the latest 400" in page.content.decode()) == (1, True)


def test_only_the_own_scope_is_drawn(place, somebody):
    make_posting(somebody("甲"))
    make_posting(somebody("乙", unit=place.other_town))
    liaison = place.somebody(Role.LIAISON, place.other_town)
    assert names(drawn(liaison)) == ["乙"]
    assert by_fronts(liaison, ALL, TODAY).total == 1


def test_what_names_nothing_is_said_and_not_asked(staff, somebody):
    make_posting(somebody("甲"))
    page = staff.get(PAGE, {"year": "1066", "front": "moon", "kind": "x", "unit": "x", "by": "y"})
    assert (page.status_code, names(page.context["shown"])) == (200, ["甲"])
    assert page.content.decode().count("invalid-feedback") == 4


@pytest.mark.parametrize("way", ["person", "front", "table"])
def test_queries_do_not_grow_with_the_people(staff, somebody, term, way):
    found = []
    for many in (1, 2):
        for number in range(many):
            person = somebody(f"某{many}{number}")
            term(person, TODAY - 300 * DAY, TODAY + 400 * DAY)
            make_posting(person, mode=PostingMode.HALF)
            make_leave(person)
        staff.get(PAGE, {"by": way})
        with CaptureQueriesContext(connection) as asked:
            staff.get(PAGE, {"by": way})
        found.append(len(asked))
    assert found == [{"front": 11, "person": 14, "table": 14}[way]] * 2


def test_a_text_is_cut_to_the_room_there_is():
    assert [cut_to("梧头村委会", 13, room) for room in (65, 64, 39, 20)] == ["梧头村委会", "梧头村…", "梧头…", ""]


def test_a_few_more_than_a_page_do_not_make_another_one():
    shown = [pages.Shown(Window.of("", TODAY), total=total) for total in (100, 110, 111, 211)]
    assert [one.pages for one in shown] == [1, 1, 2, 3]
    assert [one.part for one in shown] == [slice(0, 110), slice(0, 110), slice(0, 100), slice(0, 100)]


def test_in_the_largest_text_lines_stand_far_enough_apart(place, somebody, sign_in):
    for number in range(60):
        make_posting(somebody(f"某{number}"))
    shown = drawn(place.staff)
    usual, large = (people_panels(shown.lines, shown.window, TODAY, least=least)[0] for least in (THINNEST, 25.0))
    assert large.height > usual.height
    client = sign_in(place.staff)
    User.objects.filter(pk=place.staff.pk).update(text_size="xlarge")
    assert client.get(PAGE).context["panels"][0].height >= AXIS + 30 * ROOMY
