"""The names of a front and its tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.assignments.models.fronts import LONGEST_TASK
from cadre_app.assignments.services.fronts import lines_of
from cadre_app.core.forms import ChangeForm

MOST_TASKS = 20


class FrontForm(ChangeForm):
    """Both names, and the tasks one a line."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=30)
    name_en = forms.CharField(label=_("English name"), max_length=60)
    tasks = forms.CharField(
        label=_("Tasks"),
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("One in a line, in the order in which they are offered. Postings keep the words they were given."),
    )

    def clean_tasks(self) -> str:
        lines = lines_of(str(self.cleaned_data["tasks"]))
        if len(lines) > MOST_TASKS:
            raise forms.ValidationError(gettext("A front has %(most)s tasks at most.") % {"most": MOST_TASKS})
        long = next((line for line in lines if len(line) > LONGEST_TASK), None)
        if long is not None:
            known: dict[str, Any] = {"line": long[:LONGEST_TASK], "most": LONGEST_TASK}
            raise forms.ValidationError(gettext("A task has %(most)s characters at most: “%(line)s…”") % known)
        return "\n".join(lines)
