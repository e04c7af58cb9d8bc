"""What the community evaluation gives to the growth file: valid results alone, without a score."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.growth import Access, Entries, GrowthKind, GrowthSource, Row, Words, growth_kinds, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.evaluation.models import Outcome, Subject
from cadre_app.evaluation.wording import percent, sheets_text

KIND = "evaluation"


def announce() -> None:
    """Called once, when the app is ready."""
    label = pgettext_lazy("growth file", "Community evaluation")
    growth_kinds.register(KIND, GrowthKind(label, "clipboard-check", 47, tone="l"))
    growth_sources.register("evaluation.result", GrowthSource((KIND,), result_words, results_seen, results, order=72))


def results_seen(access: Access) -> bool | None:
    """Business roles and the own file; mentors do not see it."""
    return True if access.reads(*BUSINESS_ROLES) else None


def results(trainee: UUID, seen: bool) -> Entries:
    """Valid results, by the day on which the sheets were counted."""
    rows = Subject.objects.valid().filter(trainee=trainee)
    data = {
        "title": "campaign__title",
        "sheets": "sheets",
        "satisfied": "satisfied",
        "judged": "judged",
        "least": "campaign__least",
    }
    return Entries(rows, day="decided_on", kind=KIND, data=data)


def result_words(row: Row, access: Access) -> Words:
    return Words(
        row.data["title"],
        text=summary(row.data["sheets"], row.data["satisfied"], row.data["judged"], least=row.data["least"]),
        state="ok",
        label=str(Outcome.VALID.label),
        url=reverse("evaluation:result_detail", kwargs={"pk": row.id}),
    )


def summary(sheets: int, satisfied: int, judged: int, *, least: int) -> str:
    """How many sheets, and the share of those who are satisfied or mostly satisfied among who judged; of fewer than `least`
    there is none.
    """
    known = {"sheets": sheets_text(sheets), "share": percent(satisfied, judged), "judged": judged}
    if not judged:
        return _("%(sheets)s, nobody judged the work as a whole") % known
    if judged < least:
        return _("%(sheets)s, too few of them judged the work as a whole") % known
    return _("%(sheets)s, satisfied or mostly satisfied %(share)s (of %(judged)s who judged)") % known
