"""本月待办 and the inbox: what one sees, narrows, postpones and reads, and what is out of sight by now."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cadre_app.accounts.models import Grant
from cadre_app.core.roles import Role
from cadre_app.history.models import Entry
from cadre_app.people.services import posts
from cadre_app.reminders.models import Notice, Occurrence
from cadre_app.reminders.services.sweeping import sweep
from tests.people.conftest import TODAY
from tests.reminders.conftest import PROBATION, on_probation

pytestmark = pytest.mark.django_db

LIST, INBOX = "/reminders/due/", "/reminders/inbox/"
NEXT_WEEK = TODAY + timedelta(days=7)


def due(place, *days_and_names, unit=None):
    for day, name in days_and_names:
        on_probation(place, day, name=name, unit=unit)
    sweep()


def names(client, query="") -> list[str]:
    rows = client.get(f"{LIST}?{query}").context["table"].rows
    return [row.object.words.subject for row in rows if row.object.words]


def item(name: str) -> Occurrence:
    return Occurrence.objects.get(rule=PROBATION, trainee__person__name=name)


def postpone(client, *items: Occurrence, day=NEXT_WEEK, reason="统一考核"):
    data = {"pick": [str(one.pk) for one in items], "confirmed": "1", "postponed_to": str(day), "reason": reason}
    return client.post(reverse("reminders:due_postpone"), data)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["昨天", "今天", "本周", "远期"]),
        ("when=over", ["昨天"]),
        ("when=today", ["今天"]),
        ("when=week", ["今天", "本周"]),
        ("when=month", ["昨天", "今天", "本周"]),
        ("when=postponed", []),
        ("q=本周", ["本周"]),
        ("rule=people.arrival", []),
        ("sort=-day", ["远期", "本周", "今天", "昨天"]),
    ],
)
def test_the_list_is_narrowed_and_ordered(place, client_of, query, found):
    due(
        place,
        (TODAY - timedelta(days=1), "昨天"),
        (TODAY, "今天"),
        (TODAY + timedelta(days=5), "本周"),
        (TODAY + timedelta(days=50), "远期"),
    )
    assert names(client_of(place.staff), query) == found


def test_a_unit_narrows_to_itself_and_all_below(place, client_of):
    due(place, (TODAY, "镇里"), unit=place.town)
    due(place, (TODAY, "村里"), unit=place.village)
    due(place, (TODAY, "别处"), unit=place.other_town)
    client = client_of(place.staff)
    assert sorted(names(client, f"unit={place.town.pk}")) == ["村里", "镇里"]
    assert names(client_of(place.somebody(Role.STAFF, place.other_town))) == ["别处"]


def test_leaders_see_all_in_their_scope_but_have_none_of_it_to_do(place, leader, client_of):
    due(place, (TODAY, "林知远"))
    client = client_of(leader)
    assert (names(client), names(client, "whose=all")) == ([], ["林知远"])


def test_what_was_done_a_moment_ago_is_shown_as_settled_before_the_next_sweep(place, client_of):
    due(place, (TODAY, "林知远"))
    posts.add_post_record(item("林知远").trainee, started_on=TODAY, rank="11", actor=place.staff)
    client = client_of(place.staff)
    assert names(client) == []
    assert "Settled a moment ago" in client.get(LIST).content.decode()
    assert [found.title for group in client.get("/").context["desk"].groups for found in group.items] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(place, client_of, rows, django_assert_num_queries):
    due(place, *((TODAY, f"同志{number}") for number in range(rows)))
    client = client_of(place.staff)
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same_however_long_it_is(place, client_of, rows, django_assert_num_queries):
    due(place, *((TODAY, f"同志{number}") for number in range(rows)))
    client = client_of(place.staff)
    client.get(INBOX)
    with django_assert_num_queries(9):
        client.get(INBOX)


def test_many_are_postponed_at_once_with_one_reason_and_on_record(place, client_of):
    due(place, (TODAY, "林知远"), (TODAY, "周可"), (TODAY, "许安"))
    client = client_of(place.staff)
    assert postpone(client, item("林知远"), item("周可")).status_code == 302
    assert [(name, item(name).day) for name in ("林知远", "周可", "许安")] == [
        ("林知远", NEXT_WEEK),
        ("周可", NEXT_WEEK),
        ("许安", TODAY),
    ]
    entries = Entry.objects.filter(verb="reminders.occurrence.postponed")
    assert list(entries.values_list("reason", flat=True)) == ["统一考核"] * 2
    assert names(client, "when=postponed") == ["周可", "林知远"] or names(client, "when=postponed") == [
        "林知远",
        "周可",
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"day": TODAY}, "postponed_to"),
        ({"day": TODAY + timedelta(days=400)}, "postponed_to"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_day_that_has_come_or_no_reason_is_refused_beside_its_field_and_kept(place, client_of, values, field):
    due(place, (TODAY, "林知远"))
    response = postpone(client_of(place.staff), item("林知远"), **values)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert item("林知远").postponed_to is None


def test_what_is_out_of_scope_or_settled_is_not_postponed(place, client_of):
    due(place, (TODAY, "林知远"))
    stranger = client_of(place.somebody(Role.STAFF, place.other_town))
    response = postpone(stranger, item("林知远"))
    assert (response.status_code, item("林知远").postponed_to) == (200, None)
    assert "There is nothing to postpone." in response.content.decode()
    assert "林知远" not in response.content.decode()


def test_a_postponement_is_taken_back(place, client_of):
    due(place, (TODAY, "林知远"))
    client = client_of(place.staff)
    postpone(client, item("林知远"))
    found = item("林知远")
    address = reverse("reminders:due_bring_back", kwargs={"pk": found.pk})
    assert client.get(address).status_code == 200
    assert client.post(address, {"version": found.version}).status_code == 302
    assert (item("林知远").day, item("林知远").postponed_why) == (TODAY, "")
    sweep()
    assert Notice.objects.filter(occurrence=found, recipient=place.staff, due_on=TODAY).count() == 1


def test_the_bell_counts_what_is_unread_and_opening_reads_it(place, client_of):
    due(place, (TODAY, "林知远"), (TODAY, "周可"))
    client = client_of(place.staff)
    assert 'data-unread="2"' in client.get("/reminders/bell/").content.decode()
    notice = Notice.objects.visible_to(place.staff).get(occurrence=item("林知远"))
    opened = client.post(reverse("reminders:inbox_open", kwargs={"pk": notice.pk}))
    assert opened["Location"] == reverse("people:trainee_detail", kwargs={"pk": item("林知远").trainee_id})
    assert 'data-unread="1"' in client.get("/reminders/bell/").content.decode()
    client.post(reverse("reminders:inbox_read"))
    assert client.get("/reminders/bell/").content.decode().strip() == ""


def test_each_message_names_its_rule_and_the_source_that_holds_for_the_unit(place, client_of):
    from cadre_app.reminders.models import RuleSetting

    RuleSetting.objects.create(unit=place.town, rule=PROBATION, leads=[0], source="望委组〔2026〕8号", reason="试行")
    due(place, (TODAY, "林知远"))
    [line] = client_of(place.staff).get(INBOX).context["table"].lines
    assert (line.rule, line.source, line.words.subject) == ("End of probation", "望委组〔2026〕8号", "林知远")


def test_whoever_lost_the_role_reads_no_name_in_the_own_inbox(place, client_of):
    due(place, (TODAY, "林知远"))
    Grant.objects.filter(user=place.staff).update(valid_until=TODAY - timedelta(days=1))
    page = client_of(place.staff).get(INBOX).content.decode()
    assert ("林知远" in page, "This item is settled, or no longer in your hands." in page) == (False, True)


def test_unread_and_unsettled_messages_can_be_asked_for(place, client_of):
    due(place, (TODAY, "林知远"), (TODAY, "周可"))
    client = client_of(place.staff)
    posts.add_post_record(item("周可").trainee, started_on=TODAY, rank="11", actor=place.staff)
    sweep()

    def found(state):
        return [line.words.subject for line in client.get(f"{INBOX}?state={state}").context["table"].lines]

    assert (found("unread"), found("open")) == (["林知远"], ["林知远"])


def test_nobody_opens_another_s_message(place, leader, client_of):
    due(place, (TODAY, "林知远"))
    notice = Notice.objects.visible_to(place.staff).get()
    assert client_of(leader).post(reverse("reminders:inbox_open", kwargs={"pk": notice.pk})).status_code == 404
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_an_empty_list_and_an_empty_inbox_say_what_to_expect(place, client_of):
    client = client_of(place.staff)
    assert "Nothing is due." in client.get(LIST).content.decode()
    assert "No messages yet." in client.get(INBOX).content.decode()


def test_an_unknown_day_in_the_address_is_refused_beside_its_field(place, client_of):
    due(place, (date(2026, 11, 23), "林知远"))
    response = client_of(place.staff).get(f"{LIST}?when=nonsense&rule=nonsense")
    assert sorted(response.context["filter"].form.errors) == ["rule", "when"]


def test_a_postponed_item_keeps_its_term_in_words_and_rings_no_earlier_than_its_next_step(place, client_of):
    due(place, (TODAY, "林知远"))
    client = client_of(place.staff)
    postpone(client, item("林知远"))
    assert sweep().told == 0
    [row] = client.get(LIST).context["table"].rows
    assert "ends on 23 Nov 2026" in row.object.words.why
    back = reverse("reminders:due_bring_back", kwargs={"pk": item("林知远").pk})
    assert f'href="{back}"' in client.get(LIST).content.decode()


def test_an_undone_postponement_of_a_backlog_is_not_told_again(place, client_of):
    due(place, (TODAY - timedelta(days=60), "林知远"))
    client = client_of(place.staff)
    postpone(client, item("林知远"))
    found = item("林知远")
    client.post(reverse("reminders:due_bring_back", kwargs={"pk": found.pk}), {"version": found.version})
    sweep()
    [summary] = Notice.objects.filter(recipient=place.staff)
    assert (summary.kind, summary.count) == (Notice.Kind.BACKLOG, 1)


def test_whoever_lost_the_role_has_nothing_beside_the_bell(place, client_of):
    due(place, (TODAY, "林知远"))
    Grant.objects.filter(user=place.staff).update(valid_until=TODAY - timedelta(days=1))
    assert client_of(place.staff).get("/reminders/bell/").content.decode().strip() == ""


def test_mentors_and_trainees_never_choose_overdue(place, client_of):
    from cadre_app.accounts.models import AccountKind
    from tests.factories import UserFactory

    mentor = UserFactory.create(unit=place.village, kind=AccountKind.MENTOR)
    choices = dict(client_of(mentor).get(LIST).context["filter"].form.fields["when"].choices)
    assert choices["over"] == "To be made up"


def test_the_source_of_a_rule_is_read_in_the_reader_s_language_whoever_confirmed_it(place, client_of):
    from django.utils import translation

    from cadre_app.core.reminding import reminder_rules
    from cadre_app.reminders.models import RuleSetting

    with translation.override("zh-hans"):
        stored = str(reminder_rules[PROBATION].source)
    RuleSetting.objects.create(unit=None, rule=PROBATION, leads=[0], source=stored, reason="调整")
    due(place, (TODAY, "林知远"))
    with translation.override("en"):
        [line] = client_of(place.staff).get(INBOX).context["table"].lines
        assert line.source == str(reminder_rules[PROBATION].source)
