"""What falls due with comparisons: results by the units, scores by their reviewers, closing the review, and the news for
whoever has part in the results.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import Competition, CompetitionMember, CompetitionReviewer, CompetitionState
from cadre_app.assignments.policies import COMPETITION_RULE
from cadre_app.core.reminding import NOBODY, DueWords, ReminderRule, Rows, reminder_rules
from cadre_app.core.roles import Role

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

NEWS_FOR = timedelta(days=30)


def announce() -> None:
    """Called once, when the app is ready."""
    reminder_rules.register(
        "assignments.competition_open",
        ReminderRule(
            label=gettext_lazy("Comparison open for results"),
            source=COMPETITION_RULE,
            rows=lambda: Competition.objects.select_related("unit"),
            dues=opened,
            visible=as_asked,
            words=open_words,
            order=248,
            leads=(0,),
            overdue=(),
            roles=(Role.LIAISON,),
            supervisors=(),
            attention=None,
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "assignments.competition_scores",
        ReminderRule(
            label=gettext_lazy("Results to be scored"),
            source=COMPETITION_RULE,
            rows=lambda: CompetitionReviewer.objects.select_related("competition", "person"),
            dues=unscored,
            visible=as_seen,
            words=score_words,
            order=250,
            leads=(14, 3, 0),
            supervisors=(),
            attention=None,
            on_desk=False,
        ),
    )
    reminder_rules.register(
        "assignments.competition_close",
        ReminderRule(
            label=gettext_lazy("Review of a comparison to be closed"),
            source=COMPETITION_RULE,
            rows=lambda: Competition.objects.select_related("unit"),
            dues=unclosed,
            visible=as_overseen,
            words=close_words,
            order=252,
            leads=(1, 0),
            supervisors=(),
            attention=None,
        ),
    )
    reminder_rules.register(
        "assignments.competition_published",
        ReminderRule(
            label=gettext_lazy("Results of the own team or front published"),
            source=COMPETITION_RULE,
            rows=lambda: CompetitionMember.objects.select_related(
                "team__competition", "team__front", "trainee__person"
            ),
            dues=news,
            visible=as_own,
            words=news_words,
            order=254,
            leads=(0,),
            overdue=(),
            supervisors=(),
            attention=None,
            personal=True,
            on_desk=False,
        ),
    )


def as_seen(rows: Rows, user: "User") -> Rows:
    return rows.visible_to(user)


def as_overseen(rows: Rows, user: "User") -> Rows:
    return rows.overseen(user)


def as_asked(rows: Rows, user: "User") -> Rows:
    return rows.asking(user)


def as_own(rows: Rows, user: "User") -> Rows:
    return rows.standing().filter(trainee__person__account=user, shown_on__isnull=False)


def opened(until: date) -> Rows:
    """Comparisons that take results, since the day they were opened; told once to the liaisons."""
    rows = Competition.objects.standing().filter(state=CompetitionState.OPEN, state_since__lte=until)
    return rows.annotate(due_day=F("state_since"), trainee_key=NOBODY, doer_key=NOBODY)


def open_words(row: Competition, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Enter the results of your teams for “%(title)s”") % {"title": row.title},
        why=_("The season ends on %(day)s; results are scored from then on.")
        % {"day": formats.date_format(row.ended_on)},
        url=reverse("assignments:result_new", kwargs={"pk": row.pk}),
        action=_("Enter a result"),
    )


def unscored(until: date) -> Rows:
    """Reviewers who have not handed in, by the last day for scores; whoever has no account any more leaves it to staff."""
    rows = CompetitionReviewer.objects.waiting().impartial().filter(competition__scores_until__lte=until)
    return rows.annotate(due_day=F("competition__scores_until"), trainee_key=NOBODY, doer_key=F("person__account_id"))


def score_words(row: CompetitionReviewer, day: date, user: "User") -> DueWords:
    is_own = row.person.account_id == user.pk
    page = reverse("assignments:scoring_sheet", kwargs={"pk": row.pk})
    return DueWords(
        title=_("Score the results of “%(title)s”") % {"title": row.competition.title},
        why=row.return_reason or _("Scores are due on %(day)s.") % {"day": formats.date_format(day)},
        url=page if is_own else _page(row.competition),
        action=_("Read and score") if is_own else _("Open the comparison"),
        subject="" if is_own else row.person.name,
    )


def unclosed(until: date) -> Rows:
    """Comparisons under review, by the last day for scores; staff close the review or release who does not score."""
    rows = Competition.objects.standing().filter(state=CompetitionState.REVIEW, scores_until__lte=until)
    return rows.annotate(due_day=F("scores_until"), trainee_key=NOBODY, doer_key=NOBODY)


def close_words(row: Competition, day: date, user: "User") -> DueWords:
    return DueWords(
        title=_("Close the review of “%(title)s”") % {"title": row.title},
        why=_("Scores are due on %(day)s; then a leader signs off.") % {"day": formats.date_format(day)},
        url=_page(row),
        action=_("Open the comparison"),
    )


def news(until: date) -> Rows:
    """Members whose team's results were published in the last days; nothing is to be done, so it closes by itself."""
    since = timezone.localdate() - NEWS_FOR
    rows = CompetitionMember.objects.standing().filter(
        shown_on__gt=since, shown_on__lte=until, team__voided_at=None, trainee__person__account__isnull=False
    )
    return rows.annotate(due_day=F("shown_on"), trainee_key=F("trainee_id"), doer_key=F("trainee__person__account_id"))


def news_words(row: CompetitionMember, day: date, user: "User") -> DueWords:
    competition, team = row.team.competition, row.team
    of_team = _("Results of your team “%(team)s” are among them.") % {"team": team.name}
    of_front = _("Results of the front “%(front)s” where you served are among them.") % {"front": team.front}
    return DueWords(
        title=_("Published: “%(title)s”") % {"title": competition.title},
        why=of_team if team.name else of_front,
        url=_page(competition),
        action=_("Read"),
    )


def _page(competition: Competition) -> str:
    return reverse("assignments:competition_detail", kwargs={"pk": competition.pk})
