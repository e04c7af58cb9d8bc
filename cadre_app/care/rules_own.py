"""What the person concerned is told of a booked talk: when and where it is, that it was moved, that it is off."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.care.models import TalkMove, TalkState
from cadre_app.care.policies import TALK_RULE
from cadre_app.care.rules import appointment, here, moved_text, talks
from cadre_app.core.reminding import DueWords, ReminderRule, Rows, reminder_rules

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.care.models import Talk


def announce() -> None:
    """Called once, when the app is ready."""
    own, news = {"leads": (1, 0), "on_desk": False}, {"leads": (0,), "is_news": True}
    of_talk, of_move = "trainee__person__account", "talk__trainee__person__account"
    _register("own_talk", gettext_lazy("Own talk"), talks, own_talks, own_words, 235, of_talk, **own)
    label = gettext_lazy("Own talk that is off")
    _register("own_talk_off", label, talks, own_talks_off, off_words, 236, of_talk, **news)
    label = gettext_lazy("Own talk that was moved")
    _register("own_talk_moved", label, moves, own_talks_moved, move_words, 237, of_move, **news)


def own_talks(until: date) -> Rows:
    """Booked talks up to their day, for the person concerned: afterwards it is for others to record them."""
    rows = talks().standing().filter(state=TalkState.BOOKED, trainee__person__account__isnull=False)
    return here(rows.filter(planned_on__range=(timezone.localdate(), until)), "trainee").annotate(
        due_day=F("planned_on"), trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id")
    )


def own_words(row: "Talk", day: date, user: "User") -> DueWords:
    text = _("You are invited to a talk at %(time)s on %(day)s, %(place)s.")
    return DueWords(
        title=_("Heart-to-heart talk"),
        why=moved_text(row, day) or text % appointment(row),
        url=reverse("care:talk_detail", kwargs={"pk": row.pk}),
        action=_("Open"),
    )


def own_talks_off(until: date) -> Rows:
    """Booked talks that were voided or cancelled, until their day, for the person concerned who was asked to come."""
    is_off = Q(state=TalkState.BOOKED, voided_at__isnull=False)
    is_off |= Q(state=TalkState.CANCELLED, voided_at=None, booked_at__isnull=False)
    rows = talks().filter(is_off, planned_on__gte=timezone.localdate())
    rows = here(rows.filter(trainee__person__account__isnull=False), "trainee").annotate(
        due_day=TruncDate(Coalesce("voided_at", "updated_at")),
        trainee_key=F("trainee_id"),
        doer_key=F("trainee__person__account_id"),
    )
    return rows.filter(due_day__lte=until)


def off_words(row: "Talk", day: date, user: "User") -> DueWords:
    is_on = row.state == TalkState.BOOKED and not row.is_voided
    off = _("The talk at %(time)s on %(day)s, %(place)s, does not take place.")
    text = _("It was off and takes place after all: at %(time)s on %(day)s, %(place)s.") if is_on else off
    return DueWords(
        title=_("Talk called off"),
        why=text % appointment(row),
        url=reverse("care:talk_list"),
        action=_("Open"),
    )


def moves() -> Rows:
    return TalkMove.objects.select_related("talk")


def own_talks_moved(until: date) -> Rows:
    """The last move of a booked talk, until its day, for the person concerned."""
    rows = moves().filter(
        closed_at=None,
        told_on__lte=until,
        talk__state=TalkState.BOOKED,
        talk__voided_at=None,
        talk__planned_on__gte=timezone.localdate(),
        talk__trainee__person__account__isnull=False,
    )
    return here(rows, "talk__trainee").annotate(
        due_day=F("told_on"), trainee_key=F("talk__trainee_id"), doer_key=F("talk__trainee__person__account_id")
    )


def move_words(row: TalkMove, day: date, user: "User") -> DueWords:
    known = {"was": _moment(row.from_at, row.from_place), "now": _moment(row.to_at, row.to_place)}
    text = _("The talk (%(was)s) was moved. It now is: %(now)s.")
    return DueWords(
        title=_("Talk takes place after all") if row.is_on_again else pgettext("told to the person", "Talk moved"),
        why=_("The talk takes place as it was arranged: %(now)s.") % known if row.is_on_again else text % known,
        url=reverse("care:talk_detail", kwargs={"pk": row.talk_id}),
        action=_("Open"),
    )


def _moment(at: datetime, place: str) -> str:
    local = timezone.localtime(at)
    known = {"day": formats.date_format(local), "time": formats.time_format(local, "H:i"), "place": place}
    return _("%(day)s, %(time)s, %(place)s") % known if place else _("%(day)s, %(time)s") % known


def _register(key: str, label: Any, rows: Any, dues: Any, words: Any, order: int, account: str, **more: Any) -> None:
    rule = ReminderRule(
        label=label,
        source=TALK_RULE,
        rows=rows,
        dues=dues,
        visible=lambda found, user: found.filter(**{account: user}),
        words=words,
        order=order,
        overdue=(),
        attention=None,
        personal=True,
        **more,
    )
    reminder_rules.register(f"care.{key}", rule)
