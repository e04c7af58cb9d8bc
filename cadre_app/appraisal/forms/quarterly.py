"""The table of a unit's civil servants in one quarter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.appraisal.models import QuarterGrade, QuarterlyAssessment
from cadre_app.appraisal.models.quarterly import LONGEST_REMARK
from cadre_app.appraisal.services.entries import cell
from cadre_app.appraisal.services.quarterly import QuarterEntered
from cadre_app.core.forms import SUBMISSION, ChangeForm
from cadre_app.people.models import Trainee

CHOICES = [("", _("Not entered")), *QuarterGrade.choices]
Known = dict[Any, QuarterlyAssessment]


class QuarterForm(ChangeForm):
    """For each growth file `grade_<hex>`, `remark_<hex>` and `version_<hex>`, what the page showed."""

    def __init__(self, *args: Any, people: Sequence[Trainee], known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.pk: one for one in people}
        for one in people:
            row, name = known.get(one.pk), one.person.name
            grade = forms.ChoiceField(
                label=name, choices=CHOICES, required=False, initial=row.grade if row is not None else ""
            )
            of_grade = pgettext_lazy("assessment", "Grade")
            grade.widget.attrs.update({"aria-label": f"{name} {of_grade}", "class": "form-select"})
            remark = forms.CharField(
                label=name,
                max_length=LONGEST_REMARK,
                required=False,
                initial=row.remark if row is not None else "",
                widget=forms.Textarea({"rows": 2}),
            )
            label = pgettext_lazy("quarterly assessment", "Feedback")
            remark.widget.attrs.update({"aria-label": f"{name} {label}", "class": "form-control"})
            self.fields[cell("grade", one.pk)] = grade
            self.fields[cell("remark", one.pk)] = remark
            self.fields[cell("version", one.pk)] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.version if row is not None else None
            )

    def clean(self) -> dict[str, Any]:
        cleaned, given = self.cleaned_data, {}
        for key in self.people:
            grade, remark = cleaned.get(cell("grade", key)), cleaned.get(cell("remark", key))
            if grade is not None and remark is not None:
                given[key] = QuarterEntered(grade=grade, remark=remark, version=cleaned.get(cell("version", key)))
        return {SUBMISSION: cleaned.get(SUBMISSION), "given": given}

    def renew(self, year: int, quarter: int) -> None:
        """What is sent next is based on what stands now: the conflicts of this page have been told."""
        data: Any = QueryDict(mutable=True)
        data.update(self.data)
        rows = QuarterlyAssessment.objects.standing().filter(trainee__in=self.people, year=year, quarter=quarter)
        for key, version in rows.values_list("trainee_id", "version"):
            data[cell("version", key)] = str(version)
        self.data = data
