"""The form of an outcome, and the questions about one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.advancement.models import OutcomeKind
from cadre_app.advancement.models.outcomes import LONGEST_REASON
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.widgets import DayInput
from cadre_app.org.forms import UnitChoiceField
from cadre_app.people.forms.fields import CodeField, keep_codes

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.core.models import BaseModel
    from cadre_app.org.models import Unit

SAME_UNIT = pgettext_lazy("outcome", "The present unit")


class OutcomeForm(ChangeForm):
    """What was announced: kind, new post or rank, document, days."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("outcome", "Kind"), choices=OutcomeKind.choices, widget=forms.RadioSelect
    )
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    published_on = forms.DateField(
        label=pgettext_lazy("outcome", "Announced on"), widget=DayInput, help_text=_("Today or earlier.")
    )
    effective_on = forms.DateField(
        label=_("Takes effect on"), widget=DayInput, help_text=_("The day from which post or rank is held.")
    )
    post = forms.CharField(
        label=_("New post"),
        max_length=100,
        required=False,
        help_text=_("Without the unit before it. Left empty for an advance in rank."),
    )
    unit = UnitChoiceField(label=_("Unit of the new post"), required=False, empty_label=SAME_UNIT)
    post_level = CodeField("post_level", label=_("Post level"), required=False)
    rank = CodeField("rank", label=_("New rank"), required=False, help_text=_("Civil servants only."))
    post_grade = forms.CharField(
        label=_("New post grade"), max_length=40, required=False, help_text=_("Staff of public institutions only.")
    )
    resume_text = forms.CharField(
        label=_("Line for the résumé"),
        max_length=100,
        required=False,
        help_text=_("Left empty, it is made of unit, post and rank."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, units: "QuerySet[Unit]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        if isinstance(field, UnitChoiceField):
            field.queryset = units
        keep_codes(self)


class BlankForm(ChangeForm):
    """Asks about an outcome without filling in what it has under the same name."""

    def _values_of(self, instance: "BaseModel") -> dict[str, Any]:
        return {}


class SignForm(BlankForm):
    """签批 asks nothing but the step itself."""


class WhyForm(BlankForm, ReasonForm):
    """Why something is voided."""


class ReturnForm(BlankForm, ReasonForm):
    """What is to be completed: as long as the outcome keeps it."""

    reason = forms.CharField(
        label=_("What is to be completed"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2})
    )


class RestoringForm(BlankForm, RestoreForm):
    """Why something stands again, where there is something to say."""
