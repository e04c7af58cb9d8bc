"""What outcomes give to the derived résumé: the line as it was entered, or with the unit of the new post."""

from typing import TYPE_CHECKING

from cadre_app.advancement.models import Outcome
from cadre_app.advancement.resume_lines import line_of
from cadre_app.core.resumes import ResumeFacts, ResumeLines, ResumePart, ResumePeriod, resume_lines
from cadre_app.people.models import PostRecord

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.people.models import Trainee


def announce() -> None:
    """Called once, when the app is ready."""
    resume_lines.register("advancement.outcomes", ResumeLines(order=50, facts=outcome_facts))


def outcome_facts(user: "User", trainee: "Trainee") -> ResumeFacts:
    """Signed-off outcomes that say more than post and rank, which the file has anyway; two queries."""
    rows = Outcome.objects.visible_to(user).in_file().filter(trainee=trainee).select_related("unit__parent")
    telling = [row for row in rows.order_by("effective_on", "pk") if row.resume_text or row.unit_id]
    records = PostRecord.objects.visible_to(user).standing().filter(trainee=trainee).order_by("started_on")
    known = list(records) if telling else []
    found = ResumeFacts()
    for outcome in telling:
        held = [record for record in known if record.started_on <= outcome.effective_on]
        post, rank = (held[-1].post, held[-1].rank) if held else (outcome.post, outcome.rank)
        outcome.trainee = trainee
        text = outcome.resume_text or line_of(outcome, post=post, rank=rank)
        found.periods.append(ResumePeriod(ResumePart.POST, text, outcome.effective_on, trainee.departed_on))
    return found
