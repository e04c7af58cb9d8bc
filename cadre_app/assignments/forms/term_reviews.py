"""Forms of the steps of a term review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.assignments.models import TermConclusion
from cadre_app.assignments.models.term_reviews import LONGEST_FINDING, LONGEST_SUMMARY
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.summaries import OwnSummaryForm, text_field
from cadre_app.people.services.terms import LONGEST_MONTHS


class SummaryForm(OwnSummaryForm):
    """本人总结 Written by the person, or entered by staff from paper with its day."""

    summary = text_field(
        _("Own summary"),
        rows=14,
        most=LONGEST_SUMMARY,
        help_text=_("What you did in the village, what came of it, what you learned, and what remains to be done."),
    )


class PapersForm(ChangeForm):
    """查阅材料."""

    papers_on = forms.DateField(label=_("Papers looked at on"), widget=DayInput)
    finding_papers = text_field(
        _("What the papers show"),
        most=LONGEST_FINDING,
        help_text=_("Work diary, leave, research report, opinion of the village branch."),
    )


class TalksForm(ChangeForm):
    """听取意见 With villagers, Party members and the village's leading group."""

    talks_on = forms.DateField(label=_("Talks with villagers held on"), widget=DayInput)
    talks_held = forms.IntegerField(label=_("People talked with"), min_value=1, max_value=999)
    finding_talks = text_field(
        _("What the talks show"),
        most=LONGEST_FINDING,
        help_text=_("For the department alone: neither the person nor the liaison reads it. Write no names."),
    )


class ProposalForm(ChangeForm):
    """考核意见 Comment and conclusion."""

    proposed_on = forms.DateField(label=pgettext_lazy("village term", "Proposed on"), widget=DayInput)
    proposal = text_field(
        _("Comment on the term"),
        most=LONGEST_FINDING,
        help_text=_("It stands on the form; the person reads it once it is filed."),
    )
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=TermConclusion.choices, widget=forms.RadioSelect)
    no_report_reason = forms.CharField(label=_("Why there is no research report"), max_length=200, required=False)

    def __init__(self, *args: Any, has_report: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_report:
            del self.fields["no_report_reason"]
        else:
            self.fields["no_report_reason"].help_text = _(
                "The research report of this village term is not handed in. Without it a reason is required."
            )


class SignReviewForm(ChangeForm):
    """签批 The day on which the leader signed."""

    signed_on = forms.DateField(
        label=pgettext_lazy("village term", "Signed off on"),
        widget=DayInput,
        required=False,
        help_text=_("Today, unless it was signed on paper before."),
    )


class NoticeForm(ChangeForm):
    """公示."""

    notice_from = forms.DateField(label=_("Public notice from"), widget=DayInput)
    notice_until = forms.DateField(label=_("Public notice until"), widget=DayInput)
    objections = text_field(
        _("What was raised during the notice"),
        most=LONGEST_FINDING,
        rows=4,
        required=False,
        help_text=_("Enter it at any time until the hand-over; leave it empty where nothing was raised."),
    )


class HandOverForm(ChangeForm):
    """移交."""

    handed_over_on = forms.DateField(label=_("Form handed over on"), widget=DayInput)
    handed_to = forms.CharField(
        label=_("Received by"), max_length=40, help_text=_("Who keeps the personnel archive and signed for the form.")
    )


class ProlongForm(ChangeForm):
    """延长 How long the term lasts in all."""

    months = forms.IntegerField(label=_("Length in months"), min_value=1, max_value=LONGEST_MONTHS)
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
