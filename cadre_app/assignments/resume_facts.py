"""What postings give to the résumé: （其间：…在某局跟班学习）, the longer ones alone."""

from typing import TYPE_CHECKING

from django.utils import timezone

from cadre_app.assignments.models import Posting, PostingKind, PostingState
from cadre_app.assignments.models.postings import never_began
from cadre_app.assignments.policies import RESUME_MONTHS
from cadre_app.core.days import months_between
from cadre_app.core.resumes import ResumeFacts, ResumeLines, ResumePart, ResumePeriod, resume_lines
from cadre_app.people.writing.places import full_place
from cadre_app.people.writing.posts import place_and_post

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee

SIGNED = (PostingState.APPROVED, PostingState.RETURNED, PostingState.CLOSED)
DONE = {PostingKind.SHADOW: "跟班学习", PostingKind.TASK_FORCE: "抽调工作", PostingKind.LOAN: "借调工作"}


def announce() -> None:
    """Called once, when the app is ready."""
    resume_lines.register("assignments.postings", ResumeLines(order=40, facts=posting_facts))


def posting_facts(user: "User", trainee: "Trainee") -> ResumeFacts:
    """Those signed off and begun that last as long as the setting says, or run that long by now; one query."""
    today = timezone.localdate()
    rows = Posting.objects.visible_to(user).standing().filter(~never_began(), trainee=trainee, state__in=SIGNED)
    found = rows.filter(started_on__lte=today).select_related("unit").order_by("started_on")
    least = RESUME_MONTHS.now()
    return ResumeFacts(
        [
            ResumePeriod(ResumePart.WITHIN, _words(posting), posting.started_on, posting.ended_on)
            for posting in found
            if months_between(posting.started_on.replace(day=1), (posting.ended_on or today).replace(day=1)) >= least
        ]
    )


def _words(posting: Posting) -> str:
    """在临澜市农业农村局跟班学习; 挂职任某镇镇长助理."""
    host = full_place(posting.unit.name) if posting.unit is not None else posting.host_name
    if posting.kind == PostingKind.TEMPORARY_POST:
        return f"挂职任{place_and_post(host, posting.post.removesuffix('（挂职）'))}"
    return f"在{host}{DONE[PostingKind(posting.kind)]}"
