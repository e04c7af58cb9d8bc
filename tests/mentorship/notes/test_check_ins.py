from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import formats

from cadre_app.mentorship.models import CheckIn, Pairing
from cadre_app.mentorship.services import check_ins
from tests.mentorship.notes.conftest import BEGAN
from tests.people.conftest import TODAY
from tests.people.test_offices import refused

SOON = TODAY + timedelta(days=10)


@pytest.fixture
def check_in(pair):
    return check_ins.arrange_check_in(pair.pairing, planned_on=SOON, place="村部", actor=pair.mentor)


def next_day(pair) -> date | None:
    return Pairing.objects.values_list("next_check_in_on", flat=True).get(pk=pair.pairing.pk)


def test_the_next_day_is_the_one_arranged(pair, check_in):
    assert next_day(pair) == SOON


def test_one_is_arranged_at_a_time(pair, check_in):
    again = lambda: check_ins.arrange_check_in(pair.pairing, planned_on=TODAY, actor=pair.mentor)  # noqa: E731
    assert refused(again) == [("planned_on", "planned_on")]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (BEGAN - timedelta(days=1), "too_early"),
        (date.min, "too_early"),
        (TODAY + timedelta(days=31), "too_late"),
        (date.max, "too_late"),
    ],
)
def test_days_that_cannot_be_arranged(pair, day, code):
    arrange = lambda: check_ins.arrange_check_in(pair.pairing, planned_on=day, actor=pair.mentor)  # noqa: E731
    assert refused(arrange) == [("planned_on", code)]


def test_moving_held_and_called_off_move_the_next_day(pair, check_in):
    check_in = check_ins.change_check_in(check_in, planned_on=TODAY, version=1, actor=pair.mentor)
    assert next_day(pair) == TODAY
    check_in = check_ins.hold_check_in(check_in, held_on=TODAY, actor=pair.mentor)
    assert next_day(pair) == TODAY + timedelta(days=30)
    check_in = check_ins.reopen_check_in(check_in, reason="误录", actor=pair.mentor)
    assert next_day(pair) == TODAY
    check_ins.call_off_check_in(check_in, reason="台风", actor=pair.staff)
    assert next_day(pair) == BEGAN + timedelta(days=30)


def test_a_closed_check_in_is_changed_no_more(pair, check_in):
    held = check_ins.hold_check_in(check_in, held_on=TODAY, actor=pair.mentor)
    assert refused(lambda: check_ins.hold_check_in(held, held_on=TODAY, actor=pair.mentor)) == [("", "closed")]
    assert refused(lambda: check_ins.call_off_check_in(held, reason="台风", actor=pair.mentor)) == [("", "closed")]


def test_held_is_a_day_that_has_come(pair, check_in):
    hold = lambda day: lambda: check_ins.hold_check_in(check_in, held_on=day, actor=pair.mentor)  # noqa: E731
    assert refused(hold(TODAY + timedelta(days=1))) == [("held_on", "future")]
    assert refused(hold(BEGAN - timedelta(days=1))) == [("held_on", "too_early")]


def test_what_a_note_tells_of_is_taken_back_through_the_note(pair, check_in):
    pair.write(happened_on=TODAY, way="visit")
    assert check_in.planned_on - TODAY == timedelta(days=10)
    check_ins.change_check_in(check_in, planned_on=TODAY, actor=pair.mentor)
    pair.write(way="site")
    held = CheckIn.objects.get(pk=check_in.pk)
    assert refused(lambda: check_ins.reopen_check_in(held, actor=pair.mentor)) == [("", "noted")]


def test_an_open_one_cannot_be_taken_back(pair, check_in):
    assert refused(lambda: check_ins.reopen_check_in(check_in, actor=pair.mentor)) == [("", "open")]


@pytest.mark.parametrize(
    ("who", "status"),
    [("mentor", 302), ("staff", 302), ("leader", 403), ("liaison", 403), ("trainee", 403), ("other_staff", 404)],
)
def test_who_arranges(pair, client_of, who, status):
    url = reverse("mentorship:check_in_new", kwargs={"pk": pair.pairing.pk})
    answer = client_of(pair.user(who)).post(url, {"planned_on": SOON.isoformat(), "place": "村部"})
    assert answer.status_code == status
    assert CheckIn.objects.count() == (status == 302)


@pytest.mark.parametrize(
    ("page", "data", "field", "value"),
    [
        ("check_in_edit", {"planned_on": "2026-12-05", "place": "茶亭"}, "place", "茶亭"),
        ("check_in_hold", {"held_on": "2026-11-20"}, "held_on", date(2026, 11, 20)),
        ("check_in_call_off", {"reason": "台风"}, "called_off_reason", "台风"),
    ],
)
def test_the_pages_of_an_open_check_in(pair, check_in, client_of, page, data, field, value):
    url = reverse(f"mentorship:{page}", kwargs={"pk": check_in.pk})
    client = client_of(pair.user("mentor"))
    assert client.get(url).status_code == 200
    assert client.post(url, data | {"version": check_in.version}).status_code == 302
    assert getattr(CheckIn.objects.get(pk=check_in.pk), field) == value


def test_calling_off_and_taking_back_ask_first_and_offer_a_way_back(pair, check_in, client_of):
    client = client_of(pair.user("mentor"))
    back = f'href="{reverse("mentorship:check_in_list", kwargs={"pk": pair.pairing.pk})}">Back</a>'
    asked = []
    for page in ("check_in_call_off", "check_in_reopen"):
        shown = client.get(reverse(f"mentorship:{page}", kwargs={"pk": check_in.pk}))
        asked.append((shown.context["question"], back in shown.content.decode()))
        check_in = (
            check_ins.call_off_check_in(check_in, reason="台风", actor=pair.mentor) if len(asked) == 1 else check_in
        )
    day = formats.date_format(check_in.planned_on)
    assert asked == [
        (f"Call off the check-in of {day}?", True),
        ("Is this check-in not called off after all?", True),
    ]


def test_the_trainee_sees_the_own_check_ins_without_a_button(pair, check_in, client_of):
    check_ins.hold_check_in(check_in, held_on=TODAY, actor=pair.mentor)
    page = client_of(pair.user("trainee")).get(reverse("mentorship:check_in_list", kwargs={"pk": pair.pairing.pk}))
    text = page.content.decode()
    assert "held on" in text
    assert "/check-ins/new/" not in text
    assert "/reopen/" not in text


def test_a_reason_longer_than_its_column_is_told_beside_the_field(pair, check_in, client_of):
    url = reverse("mentorship:check_in_call_off", kwargs={"pk": check_in.pk})
    page = client_of(pair.user("mentor")).post(url, {"reason": "雨" * 101, "version": check_in.version})
    assert page.context["form"].errors == {"reason": ["No more than 100 characters."]}
