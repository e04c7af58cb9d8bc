"""What falls due with the community evaluation: the last day, counting, a sample that is too small; and the person's own result."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role
from cadre_app.evaluation.models import Campaign, CampaignState, Subject
from cadre_app.evaluation.policies import EVALUATION_RULE
from cadre_app.evaluation.wording import small_text

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

OFFICE = (Role.LIAISON, Role.STAFF)
NEWS_FOR = timedelta(days=14)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "evaluation.closing",
        ReminderRule(
            label=gettext_lazy("Community evaluation about to close"),
            source=EVALUATION_RULE,
            rows=campaigns,
            dues=closing,
            visible=as_overseen,
            words=closing_words,
            order=430,
            leads=(3, 0),
            overdue=(),
            attention=None,
            roles=OFFICE,
        ),
    )
    reminder_rules.register(
        "evaluation.count",
        ReminderRule(
            label=gettext_lazy("Sheets of a community evaluation to be counted"),
            source=EVALUATION_RULE,
            rows=campaigns,
            dues=to_count,
            visible=as_overseen,
            words=count_words,
            order=432,
            leads=(0,),
            overdue=(3, 7),
            attention=14,
            roles=OFFICE,
        ),
    )
    reminder_rules.register(
        "evaluation.small",
        ReminderRule(
            label=gettext_lazy("Community evaluation with too few sheets"),
            source=EVALUATION_RULE,
            rows=campaigns,
            dues=too_small,
            visible=as_overseen,
            words=small_words,
            order=434,
            leads=(0,),
            overdue=(7,),
            attention=None,
            roles=OFFICE,
        ),
    )
    reminder_rules.register(
        "evaluation.own_result",
        ReminderRule(
            label=gettext_lazy("Own community evaluation"),
            source=EVALUATION_RULE,
            rows=results,
            dues=told_results,
            visible=as_own,
            words=own_words,
            order=436,
            leads=(0,),
            overdue=(),
            attention=None,
            supervisors=(),
            personal=True,
            is_news=True,
        ),
    )


def campaigns() -> Rows:
    return Campaign.objects.select_related("unit")


def as_overseen(rows: Rows, user: "User") -> Rows:
    """Business roles with everybody in their scope, none of them oneself or a relative: nobody else can do it."""
    return rows.run_within(user)


def results() -> Rows:
    return Subject.objects.select_related("campaign")


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.filter(trainee__person__account=user)


def closing(until: date) -> Rows:
    """Open ones, by their last day."""
    return _due(Campaign.objects.filter(state=CampaignState.OPEN, closes_on__lte=until), "closes_on")


def closing_words(row: Campaign, day: date, user: "User") -> DueWords:
    text = _("The last day is %(day)s. Collect the paper sheets that are missing, or extend it.")
    return _words(row, _("Evaluation about to close"), text % {"day": formats.date_format(day)})


def to_count(until: date) -> Rows:
    """Closed ones whose sheets are not counted."""
    return _due(Campaign.objects.filter(state=CampaignState.CLOSED, closed_on__lte=until), "closed_on")


def count_words(row: Campaign, day: date, user: "User") -> DueWords:
    return _words(row, _("Sheets to be counted"), _("The evaluation is closed: enter the paper sheets, then count."))


def too_small(until: date) -> Rows:
    """Counted ones with too few sheets, from the day of counting on, unless it was said that they stay so."""
    rows = Campaign.objects.filter(state=CampaignState.SMALL, settled_on__lte=until, kept_small_on=None)
    return _due(rows, "settled_on")


def small_words(row: Campaign, day: date, user: "User") -> DueWords:
    return _words(row, _("Sample too small"), small_text(row.least))


def told_results(until: date) -> Rows:
    """反馈本人 Valid results of the last two weeks, and those of which the person was given comments to read since then."""
    told_on = Greatest("decided_on", Coalesce("released_on", "decided_on"))
    rows = results().valid().filter(trainee__departed_on=None, trainee__voided_at=None)
    rows = rows.filter(trainee__person__account__isnull=False).annotate(due_day=told_on)
    rows = rows.filter(due_day__range=(timezone.localdate() - NEWS_FOR, until))
    return rows.annotate(trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))


def own_words(row: Subject, day: date, user: "User") -> DueWords:
    why = _("The result stands in your growth file.")
    if row.released_on is not None:
        why = _("The result stands in your growth file, with hopes and suggestions for you to read.")
    return DueWords(
        title=_("Your community evaluation “%(title)s” has a result") % {"title": row.campaign.title},
        why=why,
        url=reverse("evaluation:result_detail", kwargs={"pk": row.pk}),
        action=_("View"),
    )


def _due(rows: Rows, field: str) -> Rows:
    """With the first of the people as the file it is about, so that it rings in their unit."""
    people = Subject.objects.standing().filter(campaign=OuterRef("pk"), trainee__voided_at=None)
    first = Subquery(people.order_by("trainee__stroke_key", "pk").values("trainee")[:1])
    return rows.filter(voided_at=None).annotate(due_day=F(field), trainee_key=first, doer_key=NOBODY)


def _words(row: Campaign, title: str, why: str) -> DueWords:
    return DueWords(
        title=title,
        why=why,
        url=reverse("evaluation:campaign_detail", kwargs={"pk": row.pk}),
        action=pgettext("evaluation", "Look at it"),
        subject=row.title,
    )
