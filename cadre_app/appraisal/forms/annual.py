"""Forms of the annual assessment: the table of a unit, one person, the days, the decisions, signature and review."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models import SCALES, AnnualAssessment, NoGrade, ReviewOutcome
from cadre_app.appraisal.models.choices import LONGEST_COMMENT, LONGEST_NOTE, OUTCOMES, TOLD_AT_A_DESK
from cadre_app.appraisal.services.course import STEPS
from cadre_app.appraisal.services.entries import CELLS, Entered, cell
from cadre_app.core.forms import SUBMISSION, ChangeForm, ReasonForm
from cadre_app.core.models import BaseModel
from cadre_app.core.widgets import DayInput
from cadre_app.people.models import Status

EMPTY = ("", _("Not entered"))
DIGEST = 16
AT_A_DESK = _("Who was away for more than half the year, or has a case open, is entered at a desk computer.")
LACKS = _("It has none so far; a grade needs it.")


class OutcomeField(forms.ChoiceField):
    """Offers the grades of one scale and the four cases; takes any grade, so that the service can say what is wrong.

    Not `at_desk`: without the cases that are entered there alone.
    """

    def __init__(self, *, status: str, is_empty_offered: bool = True, at_desk: bool = True, **kwargs: Any) -> None:
        kept = () if at_desk else TOLD_AT_A_DESK
        offered = [("", [EMPTY])] if is_empty_offered else []
        groups = [
            *([EMPTY] if offered else []),
            (pgettext_lazy("assessment", "Grade"), [(each.value, each.label) for each in SCALES[status]]),
            (_("Without a grade"), [(case.value, case.label) for case in NoGrade if case not in kept]),
        ]
        choices = [EMPTY, *(choice for choice in OUTCOMES if choice[0] not in kept)]
        super().__init__(choices=choices, **kwargs)
        self.widget.choices = groups


def _comment(**options: Any) -> forms.CharField:
    return forms.CharField(max_length=LONGEST_COMMENT, **options)


def _digest_of(one: AnnualAssessment) -> str:
    return _digest({name: getattr(one, name) for name in CELLS})


def _digest(values: dict[str, str]) -> str:
    """Of the cells of a row, as a browser sends them back."""
    text = "\0".join("\n".join(values[name].strip().splitlines()) for name in CELLS)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST]


class GridForm(ChangeForm):
    """For each assessment `outcome_<hex>`, `case_note_<hex>`, `comment_<hex>`, and what the page showed: `version_<hex>`
    and `was_<hex>`. Rows that still say what the page showed are no part of what is given.
    """

    def __init__(self, *args: Any, rows: Sequence[AnnualAssessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {one.pk: one for one in rows}
        for one in rows:
            name = one.trainee.person.name
            select = OutcomeField(status=one.status, label=name, required=False, initial=one.outcome)
            select.widget.attrs.update({"aria-label": f"{name} {_('Grade or case')}", "class": "form-select"})
            note = forms.CharField(label=name, max_length=LONGEST_NOTE, required=False, initial=one.case_note)
            note.widget.attrs.update({"aria-label": f"{name} {_('Facts of the case')}", "class": "form-control"})
            comment = _comment(label=name, required=False, initial=one.comment, widget=forms.Textarea({"rows": 3}))
            label = pgettext_lazy("annual assessment", "Comment")
            comment.widget.attrs.update({"aria-label": f"{name} {label}", "class": "form-control"})
            self.fields[cell("outcome", one.pk)] = select
            self.fields[cell("case_note", one.pk)] = note
            self.fields[cell("comment", one.pk)] = comment
            self.fields[cell("version", one.pk)] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=one.version
            )
            self.fields[cell("was", one.pk)] = forms.CharField(
                widget=forms.HiddenInput, max_length=DIGEST, required=False, initial=_digest_of(one)
            )

    def clean(self) -> dict[str, Any]:
        cleaned, given = self.cleaned_data, {}
        for key in self.rows:
            names: dict[str, Any] = {
                name: cleaned.get(cell(name, key)) for name in ("outcome", "case_note", "comment", "version")
            }
            text = {name: names[name] for name in CELLS}
            if None not in text.values() and _digest(text) != cleaned.get(cell("was", key)):
                given[key] = Entered(**text, version=names["version"] or 0)
        return {SUBMISSION: cleaned.get(SUBMISSION), "given": given}

    def renew(self) -> None:
        """What is sent next is based on what stands now: the conflicts of this page have been told.

        Rows that this page did not change show what stands now.
        """
        data: Any = QueryDict(mutable=True)
        data.update(self.data)
        for one in AnnualAssessment.objects.filter(pk__in=self.rows):
            data[cell("version", one.pk)] = str(one.version)
            sent = {name: data.get(cell(name, one.pk), "") for name in CELLS}
            if _digest(sent) == data.get(cell("was", one.pk)):
                values = {name: getattr(one, name) for name in CELLS} | {"was": _digest_of(one)}
                for name, value in values.items():
                    data[cell(name, one.pk)] = value
        self.data = data


class AnnualForm(ChangeForm):
    """One person, also what they were in that year; not `at_desk` some cases are not offered, and the form says where."""

    status = forms.ChoiceField(
        label=_("Personnel status in that year"), choices=Status.choices, help_text=_("It fixes the scale of grades.")
    )
    status_note = forms.CharField(
        label=_("Why another personnel status"), max_length=LONGEST_NOTE, required=False,
        help_text=_("Only where the growth file says another one; whoever checks and signs it off reads it."),
    )  # fmt: skip
    outcome = OutcomeField(status=Status.CIVIL_SERVANT, label=_("Grade or case"))
    case_note = forms.CharField(
        label=_("Facts of the case"), max_length=LONGEST_NOTE, required=False,
        help_text=_("Only without a grade: dates and document. For those who work on it; the person does not read it."),
    )  # fmt: skip
    comment = _comment(
        label=pgettext_lazy("annual assessment", "Comment"), required=False, widget=forms.Textarea({"rows": 5}),
        help_text=_("The person reads it once a leader has signed it off."),
    )  # fmt: skip

    def __init__(self, *args: Any, instance: AnnualAssessment, at_desk: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, initial={"outcome": instance.outcome}, **kwargs)
        status = (self.data.get("status") if self.is_bound else "") or instance.status
        scale = status if status in SCALES else instance.status
        self.fields["outcome"] = OutcomeField(
            status=scale, label=_("Grade or case"), initial=instance.outcome, required=self._needs_outcome(),
            is_empty_offered=not self._needs_outcome(), at_desk=at_desk, help_text="" if at_desk else AT_A_DESK,
        )  # fmt: skip
        self.order_fields(["status", "status_note", "outcome", "case_note", "comment"])

    def _needs_outcome(self) -> bool:
        return False


class CorrectionForm(AnnualForm):
    """更正 What is to stand there instead, and why."""

    why = "reason"
    self_report_on = forms.DateField(label=_("Own report on"), widget=DayInput, required=False, help_text=LACKS)
    survey_on = forms.DateField(label=_("Opinions gathered on"), widget=DayInput, required=False, help_text=LACKS)
    appraised_on = forms.DateField(
        label=pgettext_lazy("annual assessment", "Appraised on"), widget=DayInput, required=False, help_text=LACKS
    )
    notice_from = forms.DateField(
        label=_("Public notice from"), widget=DayInput, required=False,
        help_text=_("For whoever becomes excellent by the correction; a leader can sign it off once the notice is over."),
    )  # fmt: skip
    notice_until = forms.DateField(label=_("Public notice until"), widget=DayInput, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["status_note"]
        for name in STEPS:
            if getattr(self.instance, name) is not None:
                del self.fields[name]
        self.initial.update({"notice_from": None, "notice_until": None})
        self.order_fields(
            ["status", "outcome", "case_note", "comment", *STEPS, "notice_from", "notice_until", "reason"]
        )

    def _needs_outcome(self) -> bool:
        return True


class DecisionForm(ReasonForm):
    """Why a correction is declined or withdrawn: not the reason for which it was proposed."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 2}))

    def _values_of(self, instance: BaseModel) -> dict[str, Any]:
        return {}


class CourseForm(ChangeForm):
    """The days of the chain up to the decision."""

    self_report_on = forms.DateField(label=_("Own report on"), widget=DayInput, required=False)
    survey_on = forms.DateField(label=_("Opinions gathered on"), widget=DayInput, required=False)
    appraised_on = forms.DateField(
        label=pgettext_lazy("annual assessment", "Appraised on"), widget=DayInput, required=False
    )
    notice_from = forms.DateField(label=_("Public notice from"), widget=DayInput, required=False)
    notice_until = forms.DateField(label=_("Public notice until"), widget=DayInput, required=False)

    def __init__(self, *args: Any, shows_notice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shows_notice:
            del self.fields["notice_from"], self.fields["notice_until"]


class ListedForm(ChangeForm):
    """A question about many: which ones the page showed, each in its version, is sent with the answer."""

    listed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rows: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        self.initial["listed"] = self._shown()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            pairs = [text.split("@") for text in cleaned.get("listed", "").split()]
            cleaned["listed"] = {UUID(key): int(version) for key, version in pairs}
        except ValueError:
            cleaned["listed"] = {}
        if not cleaned["listed"]:
            raise forms.ValidationError(_("The page did not say whom it showed. Read the list, then send it."))
        return cleaned

    def renew(self) -> None:
        """After a refusal the page shows, and sends next, what stands now."""
        if self.is_bound:
            data: Any = QueryDict(mutable=True)
            data.update(self.data)
            data["listed"] = self._shown()
            self.data = data

    def _shown(self) -> str:
        return " ".join(f"{row.pk}@{row.version}" for row in self.rows)


class FileForm(ChangeForm):
    """备案."""

    filed_on = forms.DateField(label=_("Filed on"), widget=DayInput)
    filing_number = forms.CharField(label=_("Number of the filing"), max_length=60, required=False)


class FileListedForm(FileForm, ListedForm):
    """备案 of a whole unit."""


class SignForm(ChangeForm):
    """本人签字 By the person on the phone, by staff from paper with its day."""

    signed_on = forms.DateField(label=pgettext_lazy("annual assessment", "Signed on"), widget=DayInput)
    opinion = forms.CharField(
        label=_("Opinion of the person"), max_length=LONGEST_COMMENT, required=False,
        widget=forms.Textarea({"rows": 4}), help_text=_("In the person's own words; it may be left empty."),
    )  # fmt: skip

    def __init__(self, *args: Any, by_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_person:
            del self.fields["signed_on"]


class ReviewForm(ChangeForm):
    """申请复核."""

    review_reason = _comment(label=_("Why a review is asked for"), widget=forms.Textarea({"rows": 5}))

    def _values_of(self, instance: BaseModel) -> dict[str, Any]:
        """Each review begins empty, also where an earlier one was answered."""
        return {}


class AnswerForm(ChangeForm):
    """复核结果."""

    review_outcome = forms.ChoiceField(
        label=_("Outcome of the review"), choices=ReviewOutcome.choices, widget=forms.RadioSelect
    )
    review_answer = _comment(
        label=_("Answer to the review"), widget=forms.Textarea({"rows": 5}), help_text=_("The person reads it.")
    )
