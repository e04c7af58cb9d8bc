"""Forms of the steps of a probation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.models import BaseModel
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.fields import CodeField, keep_codes
from cadre_app.people.forms.summaries import OwnSummaryForm, text_field
from cadre_app.probation.models import LONGEST_COMMENT, LONGEST_REASON, LONGEST_SUMMARY, Conclusion
from cadre_app.probation.policies import RANKS


class SummaryForm(OwnSummaryForm):
    """本人总结 Written by the person, or entered by staff from paper with its day."""

    summary = text_field(
        _("Own summary"),
        rows=14,
        most=LONGEST_SUMMARY,
        help_text=_("How you found your way into the work, what you did and learned, and where you have to improve."),
    )


class OpinionForm(ChangeForm):
    """所在单位意见."""

    opinion = text_field(
        _("Opinion of the unit"),
        most=LONGEST_COMMENT,
        rows=6,
        help_text=_(
            "On conduct, ability, diligence, results and integrity. The person reads it once it is signed off."
        ),
    )
    opinion_on = forms.DateField(label=_("Opinion of the unit on"), widget=DayInput)


class WaiverForm(ChangeForm):
    """免予初任培训."""

    waiver_reason = forms.CharField(
        label=_("Why the training is waived"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Name the rule or the decision. Left empty, the waiver is taken back."),
    )


class ConclusionForm(ChangeForm):
    """What every conclusion has: the comment, and the document with its day; nothing is taken over from another one."""

    concludes: Conclusion
    comment = text_field(
        pgettext_lazy("probation", "Comment on the probation"),
        most=LONGEST_COMMENT,
        rows=4,
        help_text=_("It stands on the form."),
    )
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    document_on = forms.DateField(label=_("Day of the document"), widget=DayInput, help_text=_("Today or earlier."))

    def _values_of(self, instance: BaseModel) -> dict[str, Any]:
        values = super()._values_of(instance)
        is_same = getattr(instance, "conclusion", "") == self.concludes
        return values if is_same else {key: value for key, value in values.items() if key == "missing_reason"}


class FirstRankField(CodeField):
    """The ranks that a first grading gives."""

    def _offered(self) -> list[tuple[str, Any]]:
        return [(code, label) for code, label in super()._offered() if not code or code in dict(RANKS)]


class MissingForm(ConclusionForm):
    """Of whoever did not pass: why summary or opinion is missing, where one is."""

    missing_reason = forms.CharField(
        label=pgettext_lazy("probation", "Why summary or opinion is missing"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The assessment stands on both. Say why it is concluded without them."),
    )

    def __init__(self, *args: Any, is_written: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_written:
            del self.fields["missing_reason"]


class GradingForm(ConclusionForm):
    """合格 Post and rank; institution staff have a post grade instead of a rank."""

    concludes = Conclusion.PASSED
    field_order = ("comment", "post", "rank", "rank_reason", "post_grade", "document_number", "document_on")
    post = forms.CharField(label=_("Post"), max_length=100)
    rank = FirstRankField("rank", label=_("Rank"))
    rank_reason = forms.CharField(
        label=_("Why another rank than by education"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Left empty where the rank follows from education."),
    )
    post_grade = forms.CharField(label=_("Post grade"), max_length=40)

    def __init__(self, *args: Any, by_rank: bool, because: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("document_number", "document_on"):
            self.fields[name].required = False
        self.fields["document_number"].help_text = _(
            "May stay empty until the document is there, at the latest at the sign-off."
        )
        if by_rank:
            del self.fields["post_grade"]
            self.fields["rank"].help_text = because
            keep_codes(self)
        else:
            del self.fields["rank"], self.fields["rank_reason"]


class ExtensionForm(MissingForm):
    """延期 Until when, and why."""

    concludes = Conclusion.DEFERRED
    field_order = ("missing_reason", "comment", "extended_to", "reason", "document_number", "document_on")
    extended_to = forms.DateField(label=_("Probation extended until"), widget=DayInput)
    reason = forms.CharField(
        label=pgettext_lazy("probation", "Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, last: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["extended_to"].help_text = last
        for name in ("document_number", "document_on"):
            self.fields[name].required = False


class FailureForm(MissingForm):
    """不合格 Why employment is cancelled."""

    concludes = Conclusion.FAILED
    field_order = ("missing_reason", "comment", "reason", "document_number", "document_on")
    reason = forms.CharField(
        label=pgettext_lazy("probation", "Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2})
    )


class BlankForm(ChangeForm):
    """Asks about a record without filling in what it has under the same name."""

    def _values_of(self, instance: BaseModel) -> dict[str, Any]:
        return {}


class SignForm(BlankForm):
    """审核、签批 ask nothing but the step itself."""


class DocumentForm(BlankForm):
    """签批 of a grading whose document was not known before."""

    document_number = forms.CharField(label=_("Document number"), max_length=60)
    document_on = forms.DateField(label=_("Day of the document"), widget=DayInput, help_text=_("Today or earlier."))


class WhyForm(BlankForm, ReasonForm):
    """Why something is returned, taken back or voided: as long as the record keeps it."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}))


class ReturnForm(WhyForm):
    """退回补充."""

    reason = forms.CharField(
        label=_("What is to be completed"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2})
    )


class RestoringForm(BlankForm, RestoreForm):
    """Why something stands again, where there is something to say."""
