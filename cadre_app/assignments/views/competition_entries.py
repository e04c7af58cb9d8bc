"""Results of a comparison: entered and changed by staff or the unit, verified, returned, taken out, restored."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.assignments.forms.competitions import ResultForm
from cadre_app.assignments.models import CompetitionEntry, EntryKind
from cadre_app.assignments.permissions import competitions as permissions
from cadre_app.assignments.services import competition_entries as services
from cadre_app.assignments.views.competition_pages import (
    fronts_of,
    offered_members,
    page_url,
    team_units,
    visible_competition,
)
from cadre_app.assignments.views.research_pages import Act, form_page
from cadre_app.core.forms import ChangeForm, ReasonForm, RestoreForm
from cadre_app.core.http import UserRequest, require
from cadre_app.files.models import StoredFile

ENTER = Act(
    gettext_lazy("Enter a result"), gettext_lazy("The result is entered; the department verifies it."),
    services.enter_result, ResultForm,
)  # fmt: skip
CHANGE = Act(
    gettext_lazy("Change the result"), gettext_lazy("The result was changed; it is verified anew."),
    services.change_result, ResultForm,
)  # fmt: skip
ACTS = {
    "verify": Act(
        gettext_lazy("Verify the result"), gettext_lazy("The result is verified."), services.verify_result, ChangeForm,
        gettext_lazy("Verify this result?"), gettext_lazy("You have seen the evidence: reviewers will score it."),
    ),
    "return": Act(
        gettext_lazy("Return for completion"), gettext_lazy("The result was returned."), services.return_result,
        ReasonForm, gettext_lazy("Return this result for completion?"),
        gettext_lazy("Whoever entered it reads why."),
    ),
    "void": Act(
        gettext_lazy("Take the result out"), gettext_lazy("The result was taken out."), services.void_result, ReasonForm,
        gettext_lazy("Take this result out?"), gettext_lazy("Scores of it no longer count."), danger=True,
    ),
    "restore": Act(
        gettext_lazy("Restore the result"), gettext_lazy("The result stands again."), services.restore_result,
        RestoreForm, gettext_lazy("Restore this result?"),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def result_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """What a team or a front has done, with its evidence."""
    user, competition = request.user, visible_competition(request, pk)
    require(permissions.can_enter_result(user, competition))
    form = ResultForm(
        request.POST or None,
        request.FILES or None,
        fronts=fronts_of(competition),
        whole=permissions.can_enter_front(user, competition),
        units=team_units(user, competition),
        offered=offered_members(user, competition),
        initial={"kind": EntryKind.TEAM},
    )
    back = page_url(competition, "#results")
    return form_page(request, form, ENTER, competition, back=back, sub=competition.title)


@require_http_methods(["GET", "POST"])
def result_edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Corrected or completed: it is verified anew."""
    user, entry = request.user, _entry(request, pk)
    require(permissions.can_change_result(user, entry))
    form = ResultForm(
        request.POST or None,
        request.FILES or None,
        instance=entry,
        fronts=fronts_of(entry.competition),
        whole=permissions.can_enter_front(user, entry.competition),
        units=team_units(user, entry.competition, entry.unit),
        offered=offered_members(user, entry.competition, entry),
    )
    return form_page(request, form, CHANGE, entry, back=_back(entry), sub=str(entry))


@require_http_methods(["GET", "POST"])
def result_act(request: UserRequest, pk: UUID, act: str) -> HttpResponse:
    """One step of ACTS: verified and returned by somebody else than who entered it."""
    if act not in ACTS:
        raise Http404
    user, entry = request.user, _entry(request, pk, voided=act == "restore")
    if act in ("verify", "return"):
        require(permissions.can_verify_result(user, entry))
    elif act == "restore":
        require(permissions.can_run_competition(user, entry.competition))
    else:
        require(permissions.can_change_result(user, entry))
    form = ACTS[act].form(request.POST or None, instance=entry)
    return form_page(request, form, ACTS[act], entry, back=_back(entry), sub=str(entry))


@require_GET
def result_page(request: UserRequest, pk: UUID) -> HttpResponse:
    """On to where the result is shown."""
    rows = CompetitionEntry.objects.visible_to(request.user).filter(competition__voided_at=None)
    entry: CompetitionEntry = get_object_or_404(rows.select_related("competition"), pk=pk)
    return redirect(_back(entry))


@require_http_methods(["GET", "POST"])
def evidence_remove(request: UserRequest, pk: UUID) -> HttpResponse:
    """Take a file off a result, for example the wrong one."""
    owners = CompetitionEntry.objects.visible_to(request.user).standing()
    rows = StoredFile.objects.standing().filter(kind=services.EVIDENCE, owner_id__in=owners.values("pk"))
    file = get_object_or_404(rows, pk=pk)
    entry = _entry(request, file.owner_id)
    require(permissions.can_change_result(request.user, entry))
    act = Act(
        _("Remove the file"), _("The file was removed."), services.remove_evidence, ReasonForm,
        _("Remove “%(name)s”?") % {"name": file.name}, _("Nobody opens it any more."), danger=True,
    )  # fmt: skip
    form = ReasonForm(request.POST or None, instance=file)
    return form_page(request, form, act, file, back=_back(entry), sub=str(entry), entry=entry)


def _entry(request: UserRequest, pk: UUID, *, voided: bool = False) -> CompetitionEntry:
    rows = CompetitionEntry.objects.visible_to(request.user).filter(
        voided_at__isnull=not voided, competition__voided_at=None
    )
    entry: CompetitionEntry = get_object_or_404(rows.select_related("competition__unit", "front", "unit"), pk=pk)
    return entry


def _back(entry: CompetitionEntry) -> str:
    return page_url(entry.competition, f"#result-{entry.pk}")
