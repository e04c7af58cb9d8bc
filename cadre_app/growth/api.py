"""成长档案 over the read interface: the entries of one person, newest first.

What leaves the house this way is what may stand on paper: neither restricted entries, notes for the department
alone nor discipline, which opens at a desk alone, are among it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadre_app.core.api import AFTER, Answer, BadParameters, Call, Field, Parameter, Resource, api_resources, plain
from cadre_app.core.growth import growth_kinds, growth_sources
from cadre_app.core.roles import BUSINESS_ROLES
from cadre_app.growth.filters import Narrowing
from cadre_app.growth.timeline import Timeline
from cadre_app.people.access import access_of, with_ties
from cadre_app.people.file.opening import with_head
from cadre_app.people.models import Trainee
from cadre_app.people.services.openings import record_opening

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.core.growth import Access, Row

KIND, YEAR = "kind", "year"
SIZE = 50


def entries(call: Call) -> Answer:
    """A page of the timeline; that the file was opened is kept for the person concerned, as when the page is."""
    narrowing = _narrowing(call.query)
    files = Trainee.objects.in_scope(call.user, *BUSINESS_ROLES).standing().select_related("person", "home_unit")
    trainee = with_head(with_ties(call.user, files)).filter(pk=call.key).first()
    if trainee is None:
        raise Http404
    access = replace(access_of(call.user, trainee), on_phone=True, on_paper=True)
    record_opening(trainee, actor=call.user, ties=access.roles | access.relations)
    page = Timeline(trainee, access).page(size=SIZE, kind=narrowing.kind, year=narrowing.year, after=narrowing.after)
    data = [item for row in page.rows if (item := _item(row, access)) is not None]
    return Answer(data, after=page.next.cursor() if page.next else "", about=trainee)


def _item(row: "Row", access: "Access") -> dict[str, Any] | None:
    """One entry in words; None for what goes on no paper."""
    words = growth_sources[row.source].words(row, access)
    if words.is_restricted:
        return None
    return {
        "id": str(row.id),
        "day": row.day.isoformat(),
        "kind": row.kind,
        "kind_label": str(growth_kinds[row.kind].label),
        "source": row.source,
        "title": words.title,
        "text": plain(words.text),
        "by": plain(words.by),
        "status": plain(words.label),
        "is_held": words.is_held,
    }


def _narrowing(query: QueryDict) -> Narrowing:
    """What is asked for; a page passes over what it does not know, a program is told."""
    found = Narrowing.read(query)
    errors = {}
    if query.get(KIND) and not found.kind:
        errors[KIND] = [_("There is no such kind of entries.")]
    if query.get(YEAR) and found.year is None:
        errors[YEAR] = [_("Write the year with four figures.")]
    if query.get(AFTER) and found.after is None:
        errors[AFTER] = [_("This place is not one of this list.")]
    if errors:
        raise BadParameters(errors)
    return found


def fields(user: "User") -> list[Field]:
    return [
        Field("id", gettext_lazy("Key of the record"), "string", "uuid"),
        Field("day", gettext_lazy("Day"), "string", "date"),
        Field("kind", gettext_lazy("Kind, as its parameter takes it"), "string"),
        Field("kind_label", gettext_lazy("Kind"), "string"),
        Field("source", gettext_lazy("Which records it comes from"), "string"),
        Field("title", gettext_lazy("What it says"), "string"),
        Field("text", gettext_lazy("What stands below it")),
        Field("by", gettext_lazy("Who recorded or verified it, or the document")),
        Field("status", gettext_lazy("Status")),
        Field(
            "is_held",
            gettext_lazy("Whether it counts as a fact, that is, was verified where this is asked for"),
            "boolean",
        ),
    ]


def announce() -> None:
    """Called once, when the app is ready."""
    api_resources.register(
        "entries",
        Resource(
            path="people/{id}/entries",
            label=gettext_lazy("Entries of a growth file"),
            text=gettext_lazy(
                "Newest first, without restricted text, notes for the department alone and discipline. The person sees that the "
                "file was opened."
            ),
            answer=entries,
            fields=fields,
            verb="growth.file.read_by_program",
            parameters=(
                Parameter(
                    KIND, gettext_lazy("Kind"), lambda user: [(key, kind.label) for key, kind in growth_kinds.items()]
                ),
                Parameter(YEAR, gettext_lazy("Year"), type="integer"),
                Parameter(AFTER, gettext_lazy("The place to go on after, as “next” of the answer before names it")),
            ),
        ),
    )
