"""Forms of routes and study visits."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.forms import ChangeForm, ReasonForm, say_limits, say_required
from cadre_app.core.widgets import DayInput
from cadre_app.training.forms.attendance import versions
from cadre_app.training.models import Presence, VisitRoute
from cadre_app.training.models.choices import AWAY, LEAST_HOURS, MOST_A_DAY
from cadre_app.training.services.visit_records import Contested, Recorded, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from cadre_app.training.models import StudyVisit, VisitMember

SITES_HELP = _("One in a line, in the order of the day.")


def sites_field() -> forms.CharField:
    return forms.CharField(label=_("Sites"), max_length=600, help_text=SITES_HELP, widget=forms.Textarea({"rows": 4}))


def topic_field() -> forms.CharField:
    return forms.CharField(label=_("Topic of the symposium"), max_length=60, required=False)


class RouteForm(ChangeForm):
    """A route: name, sites, topic."""

    title = forms.CharField(label=_("Name of the route"), max_length=40)
    sites = sites_field()
    topic = topic_field()


class OfferForm(ChangeForm):
    """In use or not."""

    is_offered = forms.BooleanField(required=False, widget=forms.HiddenInput)


class VisitForm(ChangeForm):
    """A visit with all that those who take part need to know."""

    route = forms.ModelChoiceField(
        VisitRoute.objects.none(),
        label=_("Route"),
        required=False,
        empty_label=_("Without a route"),
        help_text=_("What counts are the sites below; they may differ from the route."),
    )
    title = forms.CharField(label=pgettext_lazy("visit", "Title"), max_length=60)
    visited_on = forms.DateField(label=pgettext_lazy("visit", "Day"), widget=DayInput)
    meets_at = forms.CharField(
        label=_("Meeting point and time"),
        max_length=80,
        required=False,
        help_text=_("For example: 7:50, north gate of the district offices, by coach."),
    )
    sites = sites_field()
    topic = topic_field()
    symposium_place = forms.CharField(label=_("Place of the symposium"), max_length=80, required=False)
    hours = forms.DecimalField(
        label=_("Training hours"),
        min_value=LEAST_HOURS,
        max_value=MOST_A_DAY,
        decimal_places=1,
        required=False,
        help_text=_("Given to those who were there, once they are posted. Leave it empty where it gives none."),
    )

    def __init__(self, *args: Any, routes: "QuerySet[VisitRoute]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"].queryset = routes  # type: ignore[attr-defined]


class CancelForm(ReasonForm):
    """Why it is cancelled: as long as the visit keeps it."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class RecordForm(ChangeForm):
    """到课登记 of a whole visit: one tap for each person, the symposium, remarks, and what came of the day.

    `seen` names the version of each participant that the page showed, `summary_seen` what came of the day.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    summary_seen = forms.CharField(widget=forms.HiddenInput, required=False)
    summary = forms.CharField(
        label=_("What came of it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "form-control"}),
    )

    def __init__(self, *args: Any, visit: "StudyVisit", members: "Sequence[VisitMember]", **kwargs: Any) -> None:
        initial = {"summary": visit.summary, "summary_seen": visit.summary, "seen": versions_text(members)}
        super().__init__(*args, initial=initial, **kwargs)
        self.members = members
        self.theirs: Contested | None = None
        self.has_symposium = bool(visit.topic or visit.symposium_place)
        for member in members:
            self._add(member)

    @property
    def rows(self) -> list[tuple["VisitMember", Any, Any, Any, "VisitMember | None"]]:
        """Each participant with the three fields, and what others recorded meanwhile."""
        theirs = self.theirs.members if self.theirs is not None else {}
        presence, symposium, remarks = PARTS
        return [
            (
                member,
                self[f"{presence}_{key}"],
                self[f"{symposium}_{key}"],
                self[f"{remarks}_{key}"],
                theirs.get(member.pk),
            )
            for member in self.members
            for key in (member.pk.hex,)
        ]

    def tell(self, theirs: Contested) -> None:
        """Show beside what was chosen what others recorded meanwhile; sent again, it counts."""
        self.theirs = theirs
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = ",".join([data.get("seen", ""), versions_text(theirs.members.values())])
        if self.cleaned_data.get("summary") is None:
            data["summary"] = theirs.summary
        data["summary_seen"] = theirs.summary
        self.data = data

    def clean(self) -> dict[str, Any]:
        """What the service takes: `recorded` by key of the participant. Whoever was away has neither of the others; what
        came of the day is passed on only where it was changed.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        recorded: dict[UUID, Recorded] = {}
        for member in self.members:
            presence, spoke, remarks = (cleaned.pop(f"{part}_{member.pk.hex}", "") for part in PARTS)
            if presence in AWAY and remarks:
                self.add_error(f"remarks_{member.pk.hex}", gettext("Whoever was not there has no remarks."))
            spoke = bool(spoke or remarks) and presence not in AWAY
            recorded[member.pk] = Recorded(presence=presence, at_symposium=spoke, remarks=remarks)
        summary, shown = (str(cleaned.get(name) or "") for name in ("summary", "summary_seen"))
        is_changed = summary.splitlines() != shown.splitlines()
        return {
            "submission": cleaned.get("submission"),
            "recorded": recorded,
            "summary": summary if is_changed else None,
            "seen": Seen(versions=versions(str(cleaned.get("seen") or "")), summary=shown),
        }

    def _add(self, member: "VisitMember") -> None:
        name = {"name": member.trainee.person.name}
        was_recorded = bool(member.presence)
        self.fields[f"presence_{member.pk.hex}"] = forms.ChoiceField(
            label=gettext("Attendance of %(name)s") % name,
            choices=Presence.choices,
            widget=forms.RadioSelect,
            initial=member.presence or Presence.PRESENT,
        )
        self.fields[f"symposium_{member.pk.hex}"] = forms.BooleanField(
            label=gettext("%(name)s at the symposium") % name,
            required=False,
            initial=member.at_symposium if was_recorded else self.has_symposium,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )
        self.fields[f"remarks_{member.pk.hex}"] = forms.CharField(
            label=gettext("Remarks of %(name)s") % name,
            max_length=300,
            required=False,
            initial=member.remarks,
            widget=forms.Textarea(
                {"rows": 1, "class": "form-control", "placeholder": gettext("Remarks at the symposium")}
            ),
        )
        for part in PARTS:
            field = self.fields[f"{part}_{member.pk.hex}"]
            say_required(field)
            say_limits(field)


PARTS = ("presence", "symposium", "remarks")


def versions_text(members: "Iterable[VisitMember]") -> str:
    return ",".join(f"{member.pk.hex}:{member.version}" for member in members)
