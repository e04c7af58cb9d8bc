"""统计 over the read interface: the figures of the overview for a unit as of a day."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cadre_app.core.api import Answer, BadParameters, Call, Field, Parameter, Resource, api_resources, require_valid
from cadre_app.reports.forms import OverviewForm
from cadre_app.reports.periods import Period
from cadre_app.reports.services import Counted, Divided, groups_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


NAMED = (
    Field("key", pgettext_lazy("interface", "Key"), "string"),
    Field("group", _("Key of the group on the overview"), "string"),
    Field("label", pgettext_lazy("interface", "Name"), "string"),
)
RULE = Field("rule", _("How it is counted"), "string")
FIGURE = (
    *NAMED,
    Field("number", pgettext_lazy("interface", "Number"), "integer"),
    Field("unit_word", _("What is counted"), "string"),
    RULE,
)
SHARE = (
    Field("label", pgettext_lazy("interface", "Name"), "string"),
    Field("numbers", _("One for each column, the last of them the sum"), "array", item_type="integer"),
)
BREAKDOWN = (
    *NAMED,
    Field("columns", _("What the numbers of each row are"), "array", item_type="string"),
    Field("rows", _("The shares"), "array", items=SHARE),
    RULE,
)


def figures(call: Call) -> Answer:
    """Every figure that the overview shows this account for the period, then every share of a whole."""
    form = OverviewForm(call.query, user=call.user)
    require_valid(form)
    if call.query.get("since") and form.cleaned_data["period"] != Period.FREE:
        text = gettext("This is asked for without “period”, or with “period” as %(value)s.")
        raise BadParameters({"since": [text % {"value": Period.FREE.value}]})
    asked = form.asked()
    groups = groups_of(asked)
    return Answer(
        {
            "as_of": asked.as_of.isoformat(),
            "since": asked.since.isoformat(),
            "unit": str(asked.unit.pk) if asked.unit is not None else None,
            "unit_name": asked.unit.name if asked.unit is not None else None,
            "figures": [_figure(counted) for group in groups for counted in group.counted],
            "breakdowns": [_breakdown(divided) for group in groups for divided in group.divided],
        }
    )


def _figure(counted: Counted) -> dict[str, Any]:
    return {
        "key": counted.key,
        "group": counted.figure.group,
        "label": str(counted.figure.label),
        "number": counted.number,
        "unit_word": counted.unit,
        "rule": str(counted.figure.rule),
    }


def _breakdown(divided: Divided) -> dict[str, Any]:
    whole = divided.breakdown
    return {
        "key": divided.key,
        "group": whole.group,
        "label": str(whole.label),
        "columns": [str(column) for column in whole.columns],
        "rows": [{"label": str(bar.share.label), "numbers": list(bar.share.counts)} for bar in divided.bars],
        "rule": str(whole.rule),
    }


def fields(user: "User") -> list[Field]:
    return [
        Field("as_of", _("As of"), "string", "date"),
        Field("since", _("First day of the period of figures that count events"), "string", "date"),
        Field("unit", _("Key of the unit; null for everything I work for")),
        Field("unit_name", _("Unit")),
        Field("figures", _("Key, group, label, number, unit and rule of each figure"), "array", items=FIGURE),
        Field(
            "breakdowns",
            _("Key, group, label, columns, rows and rule of each whole with its shares"),
            "array",
            items=BREAKDOWN,
        ),
    ]


def announce() -> None:
    """Called once, when the app is ready."""
    api_resources.register(
        "figures",
        Resource(
            path="figures",
            label=_("Figures"),
            text=_("The figures of the overview, by the same rules."),
            answer=figures,
            fields=fields,
            verb="reports.figures.read_by_program",
            parameters=(
                Parameter("as_of", _("A day, 2026-11-23; today unless it is named"), format="date"),
                Parameter(
                    "period",
                    _("Which events are counted; those of 12 months unless one is named"),
                    lambda user: list(Period.choices),
                ),
                Parameter("since", _("First day of a period of one’s own"), format="date"),
                Parameter("unit", _("Key of a unit, with all units below it")),
            ),
            many=False,
        ),
    )
