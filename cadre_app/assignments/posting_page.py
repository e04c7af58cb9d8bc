"""What the page of one posting shows: the steps with their days, what stands against it, its files and extensions."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadre_app.assignments.compliance import Note, notes_on, rule_of, with_compliance
from cadre_app.assignments.models import Posting, PostingAppraisal, PostingExtension, PostingKind, PostingState
from cadre_app.assignments.permissions import hosts, postings
from cadre_app.assignments.policies import (
    DOCUMENT_DAYS,
    LOAN_MONTHS,
    SHADOW_COOLING_MONTHS,
    SHADOW_EXTENSIONS,
    SHADOW_MONTHS,
    TEMPORARY_LEAST_MONTHS,
    TEMPORARY_MOST_MONTHS,
    VILLAGE_MONTHS,
)
from cadre_app.assignments.services.posting_files import DOCUMENT_FILES, SUPERIOR_FILES
from cadre_app.files.listing import files_of, named
from cadre_app.files.models import StoredFile
from cadre_app.history.models import Entry

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

RELATED = (
    "trainee__person__account", "trainee__home_unit", "unit", "front", "supervisor", "proposed_by", "checked_by",
    "signed_by", "follows",
)  # fmt: skip
RULES = {
    PostingKind.TEMPORARY_POST: (TEMPORARY_LEAST_MONTHS, TEMPORARY_MOST_MONTHS),
    PostingKind.SHADOW: (SHADOW_MONTHS, SHADOW_EXTENSIONS, SHADOW_COOLING_MONTHS),
    PostingKind.LOAN: (LOAN_MONTHS,),
    PostingKind.TASK_FORCE: (),
}


@dataclass(frozen=True)
class Step:
    """One step of the posting: what, who and when; `state` is a status mark."""

    label: str
    state: str
    text: str = ""


def rows_with_notes() -> Any:
    """Postings as the page needs them, in one query."""
    return with_compliance(Posting.objects.select_related(*RELATED), timezone.localdate())


def notes_for(posting: Posting) -> list[Note]:
    """What stands against a row of `rows_with_notes` today."""
    return notes_on(posting, timezone.localdate())


def rules_for(kind: str, day: date) -> list[str]:
    """The rules that a posting of this kind has to keep to, each with its source."""
    return [rule_of(policy, day) for policy in (*RULES[PostingKind(kind)], VILLAGE_MONTHS, DOCUMENT_DAYS)]


def appraisal_of(posting: Posting, user: "User") -> PostingAppraisal | None:
    """The standing appraisal where `user` may read it; one query."""
    rows = PostingAppraisal.objects.visible_to(user).standing().filter(posting=posting)
    return rows.select_related("written_by", "confirmed_by").first()


def voided_appraisal(posting: Posting) -> PostingAppraisal | None:
    """The one that was voided last, to be restored."""
    return posting.appraisals.exclude(voided_at=None).order_by("-voided_at").first()


def steps_of(posting: Posting, appraisal: PostingAppraisal | None) -> list[Step]:
    """From the proposal to the appraisal, with names and days, for those who oversee it."""
    is_declined = posting.state == PostingState.DECLINED
    found = _on_paper(posting) if posting.paper_signatory else _decided(posting)
    if is_declined:
        return [step for step in found if step.state == "ok"] + [
            Step(pgettext("posting", "Declined"), "idle", posting.decline_reason)
        ]
    if posting.mid_term_on is not None or posting.mid_term_held_on is not None:
        found.append(_mid_term(posting))
    returned = formats.date_format(posting.ended_on) if posting.ended_on is not None else ""
    found.append(Step(_("Returned"), "ok" if returned else "none", returned))
    found.append(_appraised(posting, appraisal))
    return found


def _decided(posting: Posting) -> list[Step]:
    return [
        Step(pgettext("posting", "Proposed"), "ok", _by(posting.proposed_by, timezone.localdate(posting.created_at))),
        _step(
            pgettext("posting", "Check"),
            posting.checked_by,
            posting.checked_on,
            is_next=posting.state == PostingState.PROPOSED,
        ),
        _step(_("Sign off"), posting.signed_by, posting.signed_on, is_next=posting.state == PostingState.CHECKED),
    ]


def _on_paper(posting: Posting) -> list[Step]:
    """Before this system: no account has checked or signed it."""
    day = formats.date_format(posting.signed_on) if posting.signed_on is not None else ""
    entered = _by(posting.proposed_by, timezone.localdate(posting.created_at))
    return [
        Step(_("Signed off on paper"), "ok", f"{posting.paper_signatory} · {day} · {posting.document_number}"),
        Step(_("Entered by import"), "ok", entered),
    ]


def files_for(posting: Posting, user: "User") -> dict[str, Any]:
    """The files that `user` may open; the host opens none."""
    oversees = postings.oversees(user, posting)
    reads = oversees or postings.is_subject(user, posting)
    document = files_of(DOCUMENT_FILES, [posting.pk])[posting.pk] if reads else []
    superior = files_of(SUPERIOR_FILES, [posting.pk])[posting.pk] if oversees else []
    return {"document_files": document, "superior_files": superior}


def chain_of(posting: Posting) -> dict[str, Posting | None]:
    """The declined proposal that this one takes up, and the one that takes this one up."""
    later = posting.proposed_again.standing().first() if posting.state == PostingState.DECLINED else None
    return {"follows": posting.follows, "followed_by": later}


def extensions_of(posting: Posting) -> list[PostingExtension]:
    return list(posting.put_off.standing().order_by("created_at", "pk")) if posting.extensions else []


def history_of(posting: Posting, user: "User", appraisal: PostingAppraisal | None) -> list[Entry] | None:
    """What was changed when, in words, with the names of its files; None for those who do not read that."""
    if not postings.reads_history(user, posting):
        return None
    files = list(StoredFile.objects.filter(kind__in=(DOCUMENT_FILES, SUPERIOR_FILES), owner_id=posting.pk))
    entries = Entry.objects.about_any([posting, *([appraisal] if appraisal is not None else []), *files]).told()
    return named(entries, files)


def acts_of(user: "User", posting: Posting, appraisal: PostingAppraisal | None) -> dict[str, bool]:
    """What `user` may do now, by the names of the buttons."""
    runs = postings.can_run(user, posting)
    found = {
        "change": postings.can_change(user, posting),
        "again": postings.can_propose_again(user, posting),
        "complete": postings.can_complete(user, posting),
        "check": postings.can_check(user, posting),
        "sign_off": postings.can_sign_off(user, posting),
        "decline": postings.can_decline(user, posting),
        "extend": runs and posting.due_on is not None,
        "mid_term": runs and posting.started_on <= timezone.localdate(),
        "return": postings.can_return(user, posting) and posting.started_on <= last_day_possible(posting),
        "take_return_back": appraisal is None and postings.can_take_return_back(user, posting),
        "void": postings.can_void(user, posting) and appraisal is None,
        "restore": postings.can_restore(user, posting),
        "write": hosts.can_write(user, posting, appraisal),
    }
    if appraisal is not None:
        found |= {
            "confirm": hosts.can_confirm(user, appraisal),
            "return_appraisal": hosts.can_return(user, appraisal),
            "reopen": hosts.can_reopen(user, appraisal),
        }
    return found


def last_day_possible(posting: Posting) -> date:
    """Today, or the day on which the person left the programme."""
    return min(timezone.localdate(), posting.trainee.departed_on or date.max)


def _by(user: "User", day: date) -> str:
    return f"{user.display_name} · {formats.date_format(day)}"


def _step(label: str, user: "User | None", day: date | None, *, is_next: bool) -> Step:
    if user is None or day is None:
        return Step(label, "wait" if is_next else "none")
    return Step(label, "ok", _by(user, day))


def _mid_term(posting: Posting) -> Step:
    label = _("Mid-term review")
    if posting.mid_term_held_on is not None:
        return Step(label, "ok", formats.date_format(posting.mid_term_held_on))
    due = posting.mid_term_on or posting.started_on
    is_due = posting.state == PostingState.APPROVED and due <= timezone.localdate()
    return Step(label, "soon" if is_due else "none", _("due on %(day)s") % {"day": formats.date_format(due)})


def _appraised(posting: Posting, appraisal: PostingAppraisal | None) -> Step:
    label = pgettext("posting", "Appraisal")
    if appraisal is None:
        return Step(label, "soon" if posting.state == PostingState.RETURNED else "none")
    if appraisal.confirmed_by is not None and appraisal.confirmed_on is not None:
        return Step(label, "ok", _by(appraisal.confirmed_by, appraisal.confirmed_on))
    if appraisal.confirmed_on is not None:
        return Step(label, "ok", f"{appraisal.signatory} · {formats.date_format(appraisal.confirmed_on)}")
    text = _("to be completed by the host") if appraisal.returned_reason else _("written, to be confirmed")
    return Step(label, "wait", text)
