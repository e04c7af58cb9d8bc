"""What a briefing is asked for, and its text as it is edited."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cadre_app.briefings.models import LONGEST_REASON, Briefing
from cadre_app.core.figures import period_start
from cadre_app.core.forms import TEXT_CHECKS, ChangeForm, ReasonForm
from cadre_app.core.roles import Role
from cadre_app.core.widgets import DayInput
from cadre_app.org.filters import chosen_unit
from cadre_app.org.forms import UnitChoiceField
from cadre_app.org.models import Unit
from cadre_app.org.tree import units_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cadre_app.accounts.models import User

LONGEST = 3000
LINE = 28  # characters
LEAST_ROWS = 3


class PeriodForm(ChangeForm):
    """The days that are counted: the twelve months that end today, unless others are asked for."""

    since = forms.DateField(
        label=pgettext_lazy("briefing", "From"),
        widget=DayInput,
        help_text=_("From 1 January on the text says “今年以来”, of twelve months “一年来”."),
    )
    as_of = forms.DateField(
        label=pgettext_lazy("briefing", "To"),
        widget=DayInput,
        help_text=_("Figures stand as of this day: today or an earlier day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"since": period_start(today), "as_of": today, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class NewBriefingForm(PeriodForm):
    """The unit among those of which `user` is staff; closed ones are offered for days on which they worked."""

    unit = UnitChoiceField(label=_("Unit"))
    field_order = ("unit", "since", "as_of")

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = offered_units(user, str(self.data.get("unit", "")))
        self.fields["unit"].queryset = offered  # type: ignore[attr-defined]
        self.initial.setdefault("unit", offered.order_by("path").values_list("pk", flat=True).first())


class ReturnForm(ReasonForm):
    reason = forms.CharField(
        label=pgettext_lazy("briefing", "What is to be completed"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
    )


class TextForm(ChangeForm):
    """Every part of the text; chosen `suggested` sentences are put after the shortcomings."""

    title = forms.CharField(label=pgettext_lazy("briefing", "Title"), max_length=120)
    opening = forms.CharField(label=pgettext_lazy("briefing", "Opening"), max_length=LONGEST, widget=forms.Textarea)
    stages = forms.CharField(
        label=pgettext_lazy("briefing", "Development in stages"),
        max_length=LONGEST,
        widget=forms.Textarea,
        required=False,
    )
    practice = forms.CharField(
        label=pgettext_lazy("briefing", "Work under load"),
        max_length=LONGEST,
        widget=forms.Textarea,
        required=False,
    )
    following = forms.CharField(
        label=pgettext_lazy("briefing", "Following each person"),
        max_length=LONGEST,
        widget=forms.Textarea,
        required=False,
    )
    shortcomings = forms.CharField(
        label=pgettext_lazy("briefing", "Shortcomings"),
        max_length=LONGEST,
        widget=forms.Textarea,
        required=False,
        help_text=_("No briefing is issued without them."),
    )
    suggested: Any = forms.MultipleChoiceField(
        label=_("Gaps in the records; those that are ticked are added to the shortcomings when saved"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    plans = forms.CharField(
        label=pgettext_lazy("briefing", "Next steps"),
        max_length=LONGEST,
        widget=forms.Textarea,
        required=False,
        help_text=_("Printed after “下一步，将”."),
    )
    reported_to = forms.CharField(label=pgettext_lazy("briefing", "Reported to"), max_length=120)
    sent_to = forms.CharField(label=pgettext_lazy("briefing", "Sent to"), max_length=120)
    copies = forms.IntegerField(label=pgettext_lazy("briefing", "Number of copies"), min_value=1, max_value=9999)

    def __init__(self, *args: Any, instance: Briefing, gaps: list[str], **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        new = [gap for gap in gaps if gap not in instance.shortcomings]
        # What was ticked stays acceptable, also where the gap has been closed since the page was opened.
        sent = self.data.getlist("suggested") if hasattr(self.data, "getlist") else []
        new += [gap for gap in sent if gap not in new and len(gap) <= LINE * LEAST_ROWS]
        self.fields["suggested"].choices = [(gap, gap) for gap in new]  # type: ignore[attr-defined]
        if not new:
            del self.fields["suggested"]
        for name in ("shortcomings", "plans"):
            self.fields[name].asked_later = True  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                text = str(self.data.get(name) or getattr(instance, name, ""))
                field.widget.attrs["rows"] = max(LEAST_ROWS, len(text) // LINE + 2)

    def clean_suggested(self) -> list[str]:
        """Sentences of ours, looked at as any text that is sent."""
        for sentence in self.cleaned_data["suggested"]:
            for check in TEXT_CHECKS:
                check(sentence)
        return list(self.cleaned_data["suggested"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values.setdefault("suggested", [])
        return values


def offered_units(user: "User", key: str) -> "QuerySet[Unit]":
    """Units of which `user` is staff: up to 400, else those on the way to the chosen one and just below it."""
    chosen = chosen_unit(key, user=user) if key else None
    units, _is_whole = units_for(user, chosen)
    mine = Unit.objects.within(user.unit_ranges(Role.STAFF))
    return mine.filter(pk__in=[unit.pk for unit in units])
