"""Reviews of the village terms that ended in the last two years (demo texts B11)."""

from datetime import date, timedelta

from cadre_app.accounts.models import User
from cadre_app.assignments.models import TermConclusion, TermReview
from cadre_app.assignments.services.term_steps import earliest_end
from cadre_app.people.models import VillageTerm
from cadre_app.people.services.bulk import write_many

KEPT = timedelta(days=730)
SUMMARY = "两年来，我走遍全村农户，学会了用群众听得懂的话讲政策，牵头办成三件实事。不足是统筹协调还不够老练，今后要继续在一线历练。"
COMMENT = (
    "该同志到村任职两年，吃住在村，走遍全村农户，完成国情调研报告一篇，参与化解矛盾纠纷{disputes}件，"
    "牵头办成实事3件，村“两委”和党员群众评价较好，考核合格。"
)


def load_term_reviews(users: dict[str, User], as_of: date) -> None:
    """All of them filed, oldest first."""
    ended = VillageTerm.objects.standing().filter(ended_on__range=(as_of - KEPT, as_of), is_cut_short=False)
    rows = ended.filter(trainee__departed_on=None).exclude(reviews__voided_at=None, reviews__isnull=False)
    found = [
        _review(term, number, users, as_of)
        for number, term in enumerate(rows.order_by("ended_on", "pk"))
        if term.ended_on is not None
    ]
    write_many(found, actor=users["staff"], verb="assignments.termreview.filed", reason="")


def _review(term: VillageTerm, number: int, users: dict[str, User], as_of: date) -> TermReview:
    ended = term.ended_on or as_of
    first = min(ended + timedelta(days=3), as_of)
    notice_until = earliest_end(first)
    over = min(notice_until + timedelta(days=3), as_of)
    return TermReview(
        term=term,
        due_on=ended,
        summary=SUMMARY,
        summary_on=ended - timedelta(days=20),
        papers_on=ended - timedelta(days=14),
        finding_papers="民情日记、走访台账、培训学时齐全。",
        talks_on=ended - timedelta(days=10),
        talks_held=8 + number % 5,
        finding_talks="村干部和群众普遍认可，认为肯吃苦、能办事。",
        no_report_reason="调研报告以纸质形式留存",
        proposed_on=ended - timedelta(days=5),
        proposal=COMMENT.format(disputes=12 + number * 3 % 17),
        conclusion=TermConclusion.PASSED,
        notice_from=first,
        notice_until=notice_until,
        signed_by=users["leader"],
        signed_on=ended - timedelta(days=3),
        handed_over_on=over,
        handed_to="区委组织部干部档案室",
        filed_on=over,
        has_ended_term=True,
    )
