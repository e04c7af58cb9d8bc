"""成长档案 The growth file: who this is, one timeline of everything recorded, and the same on paper."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cadre_app.core.backlinks import with_way_back
from cadre_app.core.growth import Access, EntryLink, entry_links, growth_kinds
from cadre_app.core.http import UserRequest, require
from cadre_app.core.phones import says_phone
from cadre_app.growth import permissions
from cadre_app.growth.entries import years_of
from cadre_app.growth.filters import Narrowing
from cadre_app.growth.head import head_context
from cadre_app.growth.timeline import Timeline
from cadre_app.history import services as history
from cadre_app.people import permissions as people
from cadre_app.people.access import access_of, with_ties
from cadre_app.people.file.opening import with_head
from cadre_app.people.models import Trainee
from cadre_app.people.services.openings import record_opening

SIZE = 20
MOST_PRINTED = 2_000


@require_GET
def growth_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """One file: the whole page, the list alone when a kind or year was pressed, or what stands further down."""
    trainee, access = opened(request, pk)
    keep_opening(trainee, access)
    asked = Narrowing.read(request.GET)
    context = _listed(Timeline(trainee, access), asked, size=SIZE) | {
        "trainee": trainee,
        "may": may_of(trainee, access),
    }
    context["this_year"] = timezone.localdate().year
    if not request.htmx or request.htmx.history_restore_request:
        context |= head_context(trainee, access) | {"to_enter": _to_enter(trainee, access)}
        return render(request, "growth/file.html", context)
    return render(request, "growth/_earlier.html" if asked.after else "growth/_file.html", context)


@require_GET
def growth_print(request: UserRequest, pk: UUID) -> HttpResponse:
    """The file on A4, as it is narrowed; that it was printed is on record before it is shown."""
    trainee, access = opened(request, pk, on_paper=True)
    require(permissions.can_print(access))
    keep_opening(trainee, access)
    asked, timeline = replace(Narrowing.read(request.GET), after=None), Timeline(trainee, access)
    is_too_long = timeline.census.total(kind=asked.kind, year=asked.year) > MOST_PRINTED
    context = {
        "trainee": trainee,
        "may": may_of(trainee, access),
        "most": MOST_PRINTED,
        "is_too_long": is_too_long,
        "today": timezone.localdate(),
    }
    if not is_too_long:
        history.record_reading("growth.file.printed", actor=access.user, obj=trainee)
        listed = _listed(timeline, asked, size=MOST_PRINTED)
        context |= listed | {"of_kind": sum(part.count for part in listed["years"])} | head_context(trainee, access)
    return render(request, "growth/print.html", context | {"asked": asked, "kind": growth_kinds.get(asked.kind)})


def opened(request: UserRequest, pk: UUID, *, on_paper: bool = False) -> tuple[Trainee, Access]:
    """The file with what this viewer may see of it, or have printed; 404 where it is out of sight."""
    files = Trainee.objects.visible_to(request.user).select_related("person", "home_unit")
    trainee = get_object_or_404(with_head(with_ties(request.user, files)), pk=pk)
    return trainee, replace(access_of(request.user, trainee), on_phone=says_phone(request), on_paper=on_paper)


def keep_opening(trainee: Trainee, access: Access) -> None:
    """That this viewer opened the file, for the person concerned."""
    record_opening(trainee, actor=access.user, ties=access.roles | access.relations)


def _listed(timeline: Timeline, asked: Narrowing, *, size: int) -> dict[str, Any]:
    """A page of the timeline with the kinds and years that there are."""
    access, census = timeline.access, timeline.census
    page = timeline.page(size=size, kind=asked.kind, year=asked.year, after=asked.after)
    years = census.years(kind=asked.kind)
    return {
        "asked": asked,
        "total": census.total(),
        "kinds": [(key, growth_kinds[key], count, asked.of_kind(key)) for key, count in census.kinds()],
        "year_chips": [(year, count, asked.in_year(year)) for year, count in years],
        "of_kind": census.total(kind=asked.kind),
        "every_year": asked.in_year(None),
        "years": list(years_of(page.rows, access, years, after=asked.after.day if asked.after else None)),
        "more_url": asked.going_on(page.next) if page.next else "",
    }


def _to_enter(trainee: Trainee, access: Access) -> list[tuple[EntryLink, str]]:
    """What this viewer may enter about the person, with the address of each form; on a phone without those that do not open there."""
    open_here = [link for link in entry_links.values() if not (access.on_phone and link.on_desk)]
    links = sorted(open_here, key=lambda link: link.order)
    path = reverse("growth:file", kwargs={"pk": trainee.pk})
    found = [(link, link.url(access.user, trainee)) for link in links]
    return [(link, with_way_back(url, path, goes_on=link.goes_on)) for link, url in found if url]


def may_of(trainee: Trainee, access: Access) -> dict[str, bool]:
    """What the pages of a file offer to this viewer."""
    user = access.user
    return {
        "read_head": permissions.can_read_head(access),
        "print": permissions.can_print(access),
        "edit": people.can_edit(user, trainee),
        "restore": people.can_restore(user, trainee),
        "undo_departure": people.can_undo_departure(user, trainee),
        "see_roster": people.can_see_roster(user),
        "is_own": access.is_own,
        "is_kept_off": access.is_own and access.on_phone,
    }
