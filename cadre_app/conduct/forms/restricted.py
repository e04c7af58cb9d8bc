"""Forms of discipline and 提醒函询诫勉: nothing in them is kept as a draft, and none has room for the matter itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.accounts.models import User
from cadre_app.conduct import kinds
from cadre_app.conduct.models import EndReason, Matter, Understanding, VoidReason
from cadre_app.conduct.services.sanctions import CATEGORIES
from cadre_app.core.forms import ChangeForm
from cadre_app.core.widgets import DayInput
from cadre_app.people.forms.fields import CHOOSE
from cadre_app.people.models import Trainee

NO_DRAFT = _("It is not kept as a draft: save before you leave the page.")
AS_THE_KIND = _("Left empty: as long as its kind says.")
BY_DECISION = _("Left empty: as long as its kind says. Where the decision itself sets the period, the day is entered.")
EARLY = (EndReason.DECISION, EndReason.SHORTENED, EndReason.MERGED)
WHEN_OVER = pgettext_lazy("period of effect", "Its period is over")
AS_COMPUTED = pgettext_lazy("period of effect", "As its kind says")


class RestrictedForm(ChangeForm):
    """Names all of its fields to whatever keeps drafts, so that they never are one."""

    restricted = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["restricted"] = ",".join(name for name, field in self.fields.items() if not field.widget.is_hidden)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.pop("restricted", None)
        return cleaned


class SanctionForm(RestrictedForm):
    """A decision; the end of its period is filled in from the kind."""

    kind = forms.ChoiceField(label=pgettext_lazy("disciplinary decision", "Decision"))
    organ = forms.CharField(label=_("Deciding organ"), max_length=60)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    ends_on = forms.DateField(label=_("Period of effect until"), widget=DayInput, required=False, help_text=BY_DECISION)
    end_reason = forms.ChoiceField(
        label=_("Why until another day"), choices=[("", AS_COMPUTED), *EndReason.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = getattr(self.instance, "kind", "")
        self.fields["kind"].choices = [("", CHOOSE), *kinds.grouped(CATEGORIES, keep=keep)]  # type: ignore[attr-defined]


class LiftForm(RestrictedForm):
    """解除; what was entered before is corrected, or taken back by leaving the day empty."""

    lifted_on = forms.DateField(label=_("Lifted on"), widget=DayInput)
    lift_reason = forms.ChoiceField(
        label=_("Why lifted early"),
        choices=[("", WHEN_OVER), *((one.value, one.label) for one in EARLY)],
        required=False,
        help_text=_("Asked for where its period is not over on this day."),
    )
    lift_document = forms.CharField(
        label=_("Document of the lifting"),
        max_length=60,
        required=False,
        help_text=_("Left empty where it ends by itself with its period."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(self.instance, "lifted_on", None) is not None:
            self.fields["lifted_on"].required = False
            self.fields["lifted_on"].help_text = _("Left empty: the lifting is taken back.")


class AdmonitionForm(RestrictedForm):
    """That it was done; the ways are those that fit the post."""

    way = forms.ChoiceField(label=_("Way"))
    matter = forms.ChoiceField(
        label=_("Kind of matter"),
        choices=[("", CHOOSE), *Matter.choices],
        help_text=_("Only the kind; the matter itself and the text are not entered."),
    )
    organ = forms.CharField(label=_("Carried out by"), max_length=60)
    approver_post = forms.CharField(
        label=_("Post of whoever approved it"), max_length=60, help_text=_("The post, not the name.")
    )
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    given_on = forms.DateField(label=pgettext_lazy("admonition", "Day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Period of effect until"), widget=DayInput, required=False, help_text=AS_THE_KIND)
    end_reason = forms.ChoiceField(
        label=_("Why until another day"), choices=[("", AS_COMPUTED), *EndReason.choices], required=False
    )
    answer_due_on = forms.DateField(
        label=_("Report on the correction by"),
        widget=DayInput,
        required=False,
        help_text=_("Left empty where none was asked for."),
    )

    def __init__(self, *args: Any, trainee: Trainee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = getattr(self.instance, "way", "")
        self.fields["way"].choices = [("", CHOOSE), *kinds.ways_for(trainee, keep=keep)]  # type: ignore[attr-defined]
        if not kinds.leads(trainee):
            self.fields["way"].help_text = _("Without a leadership post only these are used.")


class AnswerForm(RestrictedForm):
    """整改回告."""

    answered_on = forms.DateField(label=_("Correction reported on"), widget=DayInput)


class ReviewForm(RestrictedForm):
    """六个月后了解情况."""

    reviewed_on = forms.DateField(label=_("Followed up on"), widget=DayInput)
    review_result = forms.ChoiceField(label=_("What was found"), choices=[("", CHOOSE), *Understanding.choices])


class VoidForm(RestrictedForm):
    """The reasons are given: what is written freely could tell what is restricted."""

    void_reason = forms.ChoiceField(label=_("Reason"), choices=[("", CHOOSE), *VoidReason.choices])


class NameForm(ChangeForm):
    """Who, and why."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Staff"), empty_label=CHOOSE)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = users
        field.label_from_instance = lambda user: f"{user.display_name} {user.post}".strip()
