"""Words by personnel status: civil servants are graded or their employment is cancelled; staff of public institutions are
given a post grade or their contract ends (《事业单位人事管理条例》).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.people.models import Status
from cadre_app.probation.policies import INSTITUTION_RULE, PROBATION_RULE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from cadre_app.probation.models import Probation


@dataclass(frozen=True)
class Terms:
    """What the pages say; `papers` are the words of the two forms, in Chinese as they are."""

    source: "_StrPromise | str"
    training: "_StrPromise | str"
    waive: "_StrPromise | str"
    grading: "_StrPromise | str"
    form: "_StrPromise | str"
    posted: "_StrPromise | str"
    since: "_StrPromise | str"
    graded: "_StrPromise | str"
    cancelled: "_StrPromise | str"
    passed_act: "_StrPromise | str"
    failed_act: "_StrPromise | str"
    failed_next: "_StrPromise | str"
    failed_open: "_StrPromise | str"
    papers: dict[str, str]


CIVIL_SERVANT = Terms(
    source=PROBATION_RULE,
    training=_("Induction training"),
    waive=_("Waive induction training"),
    grading=_("First appointment and grading"),
    form=_("Approval form of first appointment and grading"),
    posted=_("Post and rank"),
    since=_("In post since"),
    graded=pgettext_lazy("probation", "Graded"),
    cancelled=pgettext_lazy("probation", "Employment cancelled"),
    passed_act=_("Qualified: grade"),
    failed_act=_("Not qualified: cancel"),
    failed_next=_("Employment is cancelled. Enter the departure in the growth file next."),
    failed_open=_("Employment cancelled: departure not recorded"),
    papers={"training": "初任培训", "act": "任职定级", "since_of": "任职时间"},
)
INSTITUTION = Terms(
    source=INSTITUTION_RULE,
    training=_("Training before taking up the post"),
    waive=_("Waive training before taking up the post"),
    grading=_("First post and post grade"),
    form=_("Approval form of the post and its grade"),
    posted=_("Post and its grade"),
    since=pgettext_lazy("public institution", "In post since"),
    graded=pgettext_lazy("probation", "Post grade given"),
    cancelled=pgettext_lazy("probation", "Contract ended"),
    passed_act=_("Qualified: give a post grade"),
    failed_act=_("Not qualified: end the contract"),
    failed_next=_("The contract of employment ends. Enter the departure in the growth file next."),
    failed_open=_("Contract ended: departure not recorded"),
    papers={"training": "岗前培训", "act": "岗位聘用", "since_of": "聘用时间"},
)


def terms_of(one: "Probation") -> Terms:
    """By the grading that was signed off, else by the status of the file."""
    if one.is_closed and (one.rank or one.post_grade):
        return INSTITUTION if one.post_grade else CIVIL_SERVANT
    return terms_by(one.trainee.status)


def terms_by(status: Any) -> Terms:
    return INSTITUTION if status == Status.INSTITUTION else CIVIL_SERVANT
