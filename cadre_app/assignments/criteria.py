"""What practice says against a rule: the village term passed, the report handed in, a posting at one of the six fronts."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.assignments.models import Posting, PostingState, ResearchMember, TermConclusion, TermReview
from cadre_app.assignments.policies import BURDEN_RULE, RESEARCH_RULE, TERM_RULE
from cadre_app.core.criteria import Criterion, Evidence, Finding, Standing, criteria
from cadre_app.people.models import VillageTerm

BEGUN = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)


def announce() -> None:
    """Called once, when the app is ready."""
    rules = {"term": TERM_RULE, "front": BURDEN_RULE, "research": RESEARCH_RULE}
    add = criteria.register
    label = gettext_lazy("End of the village term passed")
    add("assignments.term", Criterion(label, 120, lambda day: str(rules["term"]), terms_of))
    label = gettext_lazy("Posting at one of the six fronts")
    add("assignments.front", Criterion(label, 160, lambda day: str(rules["front"]), fronts_of))
    label = gettext_lazy("Field research report handed in")
    add("assignments.research", Criterion(label, 170, lambda day: str(rules["research"]), reports_of))


def terms_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """By the filed reviews of standing terms, and by terms that are not over. Two queries."""
    keys = _keys(trainees)
    rows = TermReview.objects.standing().filter(term__trainee__in=keys, term__voided_at=None, filed_on__lte=day)
    passed: dict[UUID, TermReview] = {}
    for row in rows.filter(conclusion=TermConclusion.PASSED).select_related("term__village").order_by("filed_on"):
        passed[row.term.trainee_id] = row
    terms = VillageTerm.objects.standing().filter(trainee__in=keys).select_related("village")
    open_terms = {term.trainee_id: term for term in terms.order_by("started_on")}
    return {key: _term(passed.get(key), open_terms.get(key), day) for key in keys}


def fronts_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """By postings at a front that have begun. One query."""
    keys = _keys(trainees)
    rows = Posting.objects.standing().filter(
        trainee__in=keys, front__isnull=False, state__in=BEGUN, started_on__lte=day
    )
    found: defaultdict[UUID, list[Evidence]] = defaultdict(list)
    for row in rows.select_related("front", "unit").order_by("started_on", "pk"):
        url = reverse("assignments:posting_detail", kwargs={"pk": row.pk})
        found[row.trainee_id].append(Evidence(f"{row.front} · {row.host}", row.started_on, url))
    return _by_evidence(keys, found, _("No posting at a front is on record."))


def reports_of(trainees: Collection[Any], day: date) -> dict[UUID, Finding]:
    """By reports of which a version is handed in, personal or of a team. One query."""
    keys = _keys(trainees)
    rows = ResearchMember.objects.standing().filter(
        trainee__in=keys, left_on=None, project__voided_at=None, project__versions_count__gt=0
    )
    first = TruncDate(Min("project__versions__handed_in_at"))
    found: defaultdict[UUID, list[Evidence]] = defaultdict(list)
    dated: Any = rows.select_related("project").annotate(first=first)
    for row in dated.order_by("first", "pk"):
        url = reverse("assignments:project_detail", kwargs={"pk": row.project_id})
        found[row.trainee_id].append(Evidence(row.project.title, row.first, url))
    return _by_evidence(keys, found, _("No report is handed in."))


def _term(review: TermReview | None, term: VillageTerm | None, day: date) -> Finding:
    if review is not None:
        url = reverse("assignments:term_detail", kwargs={"pk": review.term_id})
        return Finding(Standing.MET, (Evidence(review.term.village.name, review.filed_on, url),))
    if term is None:
        return Finding(Standing.UNKNOWN, gap=_("No village term is on record."))
    url = reverse("assignments:term_detail", kwargs={"pk": term.pk})
    evidence = (Evidence(term.village.name, term.started_on, url),)
    if term.ended_on is None and term.due_on is not None and term.due_on < day:
        text = _("The village term was due to end on %(day)s; its end and its assessment are not filed.")
        return Finding(Standing.NOT_MET, evidence, text % {"day": formats.date_format(term.due_on)})
    if term.ended_on is None:
        return Finding(Standing.NOT_MET, evidence, _("The village term is not over."))
    text = _("The term ended on %(day)s; no passed assessment is filed.")
    return Finding(Standing.UNKNOWN, evidence, text % {"day": formats.date_format(term.ended_on)})


def _keys(trainees: Collection[Any]) -> list[UUID]:
    return [one.pk for one in trainees]


def _by_evidence(keys: list[UUID], found: dict[UUID, list[Evidence]], gap: str) -> dict[UUID, Finding]:
    missing = Finding(Standing.NOT_MET, gap=gap)
    return {key: Finding(Standing.MET, tuple(found[key])) if key in found else missing for key in keys}
