"""Forms of a batch of paper: its cover, the grid of sheets, the tally."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.evaluation.models import BatchKind, PaperBatch, Respondent
from cadre_app.evaluation.services.batches import LONGEST_COMMENT, Row

if TYPE_CHECKING:
    from cadre_app.evaluation.questionnaire import Questionnaire

WHO = [("", "—"), *Respondent.choices]


class CoverForm(ChangeForm):
    """What the cover of a batch says."""

    number = forms.IntegerField(label=_("Number of sheets"), min_value=1, max_value=5000)
    held_on = forms.DateField(label=pgettext_lazy("batch of sheets", "Filled in on"), widget=DayInput)
    collected_by = forms.CharField(
        label=_("Collected by"),
        max_length=60,
        help_text=_("Whoever of the office collected the sheets; never the person evaluated."),
    )
    codeless = forms.BooleanField(
        label=_("None of these sheets bears a one-time code"),
        help_text=_("Sheets with a code are filled in by phone alone: what is entered here as well would count twice."),
    )

    def __init__(self, *args: Any, has_codes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_codes:
            del self.fields["codeless"]


class BatchForm(CoverForm):
    """As the cover, with the way of entering."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("batch of sheets", "Enter"),
        choices=BatchKind.choices,
        initial=BatchKind.SHEETS,
        help_text=_("Sheet by sheet up to 60 at a time; counted by question where the sheets were counted by hand."),
    )
    field_order = ("kind", "number", "held_on", "collected_by", "codeless")


class GridForm(ChangeForm):
    """A line for each sheet: the number of the choice at each question, the category, the comment.

    A line that is left empty is a sheet that is not entered yet.
    """

    def __init__(self, *args: Any, batch: PaperBatch, **kwargs: Any) -> None:
        super().__init__(*args, instance=batch, **kwargs)
        self.batch = batch
        self.sheet: Questionnaire = batch.subject.campaign.sheet
        self.numbers = range(max(batch.number, len(batch.rows)))
        for number in self.numbers:
            self._add_line(number, batch.rows[number] if number < len(batch.rows) else None)
        self._prepare_fields()

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each line, as the page draws them."""
        return [
            {
                "number": number + 1,
                "answers": [self[f"q{question.number}_{number}"] for question in self.sheet.questions],
                "respondent": self[f"who_{number}"],
                "comment": self[f"text_{number}"],
            }
            for number in self.numbers
        ]

    def rows(self) -> list[Row]:
        """What was entered, without empty lines."""
        return [row for number in self.numbers if (row := self._row(number)) is not None]

    def clean(self) -> dict[str, Any]:
        super().clean()
        kept = {name: value for name, value in self.cleaned_data.items() if name in ("submission", "version")}
        return kept | {"rows": self.rows()}

    def _row(self, number: int) -> Row | None:
        data = self.cleaned_data
        answers = [data.get(f"q{question.number}_{number}") for question in self.sheet.questions]
        who, comment = data.get(f"who_{number}", ""), data.get(f"text_{number}", "")
        if who or comment or any(answer is not None for answer in answers):
            return Row(answers, who, comment)
        return None

    def _add_line(self, number: int, row: Any) -> None:
        answers, who, comment = row or ([None] * len(self.sheet.questions), "", "")
        for question, given in zip(self.sheet.questions, answers, strict=True):
            most = len(question.choices)
            widget = forms.NumberInput(
                {
                    "class": "form-control g",
                    "inputmode": "numeric",
                    "data-digit": most,
                    "aria-label": _label(question, number),
                }
            )
            self.fields[f"q{question.number}_{number}"] = forms.IntegerField(
                label=_sheet_label(number, pgettext("evaluation", "Question %(number)s") % {"number": question.number}),
                min_value=1,
                max_value=most,
                required=False,
                initial=given,
                widget=widget,
            )
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=_sheet_label(number, _("Who filled it in")),
            choices=WHO,
            required=False,
            initial=who,
            widget=forms.Select({"class": "form-select", "aria-label": _("Who filled it in")}),
        )
        self.fields[f"text_{number}"] = forms.CharField(
            label=_sheet_label(number, _("Comment")),
            max_length=LONGEST_COMMENT,
            required=False,
            initial=comment,
            widget=forms.TextInput({"class": "form-control", "aria-label": _("Comment")}),
        )


class TallyForm(ChangeForm):
    """How often each choice was made, question by question; each adds up to the sheets of the batch."""

    comments = forms.CharField(
        label=_("Comments"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea({"rows": 8, "class": "form-control"}),
        help_text=_("One comment on each line, as it was written; no names."),
    )

    def __init__(self, *args: Any, batch: PaperBatch, **kwargs: Any) -> None:
        super().__init__(*args, instance=batch, **kwargs)
        self.batch = batch
        self.sheet: Questionnaire = batch.subject.campaign.sheet
        self.initial["comments"] = "\n".join(batch.comments)
        for place, question in enumerate(self.sheet.questions):
            counts = batch.tally[place] if place < len(batch.tally) else [None] * len(question.choices)
            for choice, count in enumerate(counts, start=1):
                widget = forms.NumberInput(
                    {"class": "form-control g", "inputmode": "numeric", "aria-label": str(question.choices[choice - 1])}
                )
                known = {"number": question.number, "choice": str(question.choices[choice - 1])}
                self.fields[f"n{question.number}_{choice}"] = forms.IntegerField(
                    label=gettext("Question %(number)s, “%(choice)s”") % known,
                    min_value=0,
                    max_value=5000,
                    required=False,
                    initial=count,
                    widget=widget,
                )
        self._prepare_fields()

    def lines(self) -> list[dict[str, Any]]:
        """Each question with a box for every choice."""
        return [
            {
                "question": question,
                "boxes": [
                    (text, self[f"n{question.number}_{choice}"])
                    for choice, text in enumerate(question.choices, start=1)
                ],
            }
            for question in self.sheet.questions
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        kept = {name: value for name, value in data.items() if name in ("submission", "version")}
        tally = [
            [data.get(f"n{question.number}_{choice}") or 0 for choice in range(1, len(question.choices) + 1)]
            for question in self.sheet.questions
        ]
        for question, counts in zip(self.sheet.questions, tally, strict=True):
            if sum(counts) != self.batch.number:
                known = {"sum": sum(counts), "number": self.batch.number}
                message = _("%(sum)s answers on %(number)s sheets: they have to be as many.")
                self.add_error(f"n{question.number}_1", forms.ValidationError(message, params=known, code="sum"))
        lines = [line.strip() for line in data.get("comments", "").splitlines()]
        return kept | {"tally": tally, "comments": [line for line in lines if line]}


def _sheet_label(number: int, what: Any) -> str:
    """The sheet and what is entered of it, for whoever looks for a mistake in the grid."""
    return gettext("Sheet %(sheet)s, %(what)s") % {"sheet": number + 1, "what": what}


def _label(question: Any, number: int) -> str:
    return f"{number + 1} · {question.number}. {question.text}"
