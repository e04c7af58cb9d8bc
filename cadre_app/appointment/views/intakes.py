"""Forms of other programs brought in: the upload, whose forms they are, the difference to a file, undoing all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from cadre_app.appointment import permissions
from cadre_app.appointment.differing import Difference, seen_as
from cadre_app.appointment.forms import IntakeForm, PersonForm, TakeForm
from cadre_app.appointment.matching import candidates
from cadre_app.appointment.models import FileState, FormIntake, IntakeFile
from cadre_app.appointment.portraits import portrait
from cadre_app.appointment.printed import PHOTO_SIZE
from cadre_app.appointment.services import intakes, readings
from cadre_app.appointment.services.comparing import PHOTO, compared
from cadre_app.appointment.services.taking import take_over
from cadre_app.appointment.services.undoing import undo_intake
from cadre_app.appointment.showing import who_of
from cadre_app.appointment.views.forms import require_desk
from cadre_app.core.documents import Picture
from cadre_app.core.form_pages import Page
from cadre_app.core.forms import ChangeForm, ReasonForm
from cadre_app.core.http import UserRequest, require
from cadre_app.core.submit import submit
from cadre_app.core.tables import joined
from cadre_app.imports.policies import KEEP_DAYS
from cadre_app.people.models import Trainee
from cadre_app.people.picking import PersonHit

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

BOTH = require_http_methods(["GET", "POST"])
MARKS = {
    FileState.MATCHED: "soon",
    FileState.UNMATCHED: "soon",
    FileState.REFUSED: "over",
    FileState.TAKEN: "ok",
    FileState.SAME: "ok",
    FileState.CLOSED: "none",
    FileState.TAKEN_BACK: "none",
}
SHOWN = 100
DETAIL, FILE = "appointment:intake_detail", "appointment:intake_file"


@dataclass(frozen=True)
class _Row:
    """A form of an upload, and what its reader may do with it."""

    file: IntakeFile
    mark: str
    is_seen: bool
    may_assign: bool
    may_close: bool

    @classmethod
    def of(cls, user: "User", file: IntakeFile, *, is_seen: bool) -> Self:
        may_assign, may_close = permissions.can_assign(user, file), permissions.can_close_file(user, file)
        return cls(file, MARKS[FileState(file.state)], is_seen, may_assign and not is_seen, may_close)


@BOTH
def intake_list(request: UserRequest) -> HttpResponse:
    """Bring files in; and one's own uploads, the latest first, with what is left to do."""
    if not permissions.can_bring_in(request.user):
        raise Http404
    require_desk(request)
    form = IntakeForm(request.POST or None, request.FILES or None)
    if done := submit(request, form, intakes.bring_in):
        return redirect(DETAIL, pk=done.result.pk)
    context = {
        "form": form,
        "intakes": list(FormIntake.objects.visible_to(request.user).counted()[:SHOWN]),
        "keep_days": KEEP_DAYS.now(),
    }
    return render(request, "appointment/intake_list.html", context)


@require_GET
def intake_detail(request: UserRequest, pk: UUID) -> HttpResponse:
    """The forms of one upload with who each is; those that wait first."""
    intake = _visible(request, pk)
    files = list(intake.files.select_related("trainee__person", "trainee__home_unit"))
    for each in files:
        each.intake = intake
    seen = set(
        Trainee.objects.visible_to(request.user)
        .filter(pk__in=[each.trainee_id for each in files if each.trainee_id is not None])
        .values_list("pk", flat=True)
    )
    files.sort(key=lambda each: not each.waits)
    context: dict[str, Any] = {
        "intake": intake,
        "rows": [_Row.of(request.user, each, is_seen=each.trainee_id in seen) for each in files],
        "waiting": sum(each.waits for each in files),
        "may_close": permissions.can_close(request.user, intake),
        "may_undo": permissions.can_undo(request.user, intake),
    }
    return render(request, "appointment/intake_detail.html", context)


@sensitive_post_parameters()
@BOTH
def intake_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """The difference of one form to the growth file; what is chosen is taken over."""
    file = _visible_file(request, pk)
    trainee = file.trainee
    if trainee is None or not permissions.can_read_forms(request.user, trainee):
        raise Http404
    readings.read_file(file, actor=request.user)
    found = compared(file, trainee, user=request.user)
    may_take, may_close = permissions.can_take_over(request.user, file), permissions.can_close_file(request.user, file)
    may_settle = not found and may_take and may_close
    form = TakeForm(request.POST or None, instance=file, found=found)
    if request.method == "POST":
        require(may_take)
    if done := submit(request, form, take_over, file):
        messages.success(request, _said(done.result))
        return redirect(DETAIL, pk=file.intake_id)
    context = {
        "file": file, "trainee": trainee, "found": found, "form": form, "others": _others(file), "photo": _photo(found),
        "may_take": may_take and any(one.may_take for one in found), "chosen": form["keys"].value() or [],
        "may_assign": permissions.can_assign(request.user, file), "seen": seen_as(found),
        "may_close": may_close and not may_settle, "may_settle": may_settle,
    }  # fmt: skip
    return render(request, "appointment/intake_file.html", context)


@BOTH
def intake_assign(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say by hand whose form it is, among the files that one keeps."""
    file = _visible_file(request, pk)
    require(permissions.can_assign(request.user, file))
    offered = [_hit(each) for each in candidates(file.fields(), user=request.user)]
    form = PersonForm(request.POST or None, instance=file, user=request.user, offered=offered)
    if submit(request, form, intakes.assign_file, file):
        messages.success(request, _("The form belongs to this person now. Compare it, then choose."))
        return redirect(FILE, pk=file.pk)
    back = reverse(DETAIL, kwargs={"pk": file.intake_id})
    context = {"file": file, "form": form, "lines": who_of(file.fields()), "back": back}
    return render(request, "appointment/intake_assign.html", context)


@BOTH
def intake_close_file(request: UserRequest, pk: UUID) -> HttpResponse:
    """Nothing is wanted of one form."""
    file = _visible_file(request, pk)
    require(permissions.can_close_file(request.user, file))
    form = ChangeForm(request.POST or None, instance=file)
    page = Page(
        _("Take nothing over"), _("Nothing is taken over from this form."), _("Take nothing over"),
        question=_("Take nothing over from this form?"),
        consequence=_("It no longer waits. It can still be compared until what was read is removed."),
    )  # fmt: skip
    return _asked(request, file.intake, form, page, intakes.close_file, file)


@BOTH
def intake_close(request: UserRequest, pk: UUID) -> HttpResponse:
    """Nothing is wanted of the forms that still wait."""
    intake = _visible(request, pk)
    require(permissions.can_close(request.user, intake))
    form = ChangeForm(request.POST or None, instance=intake)
    page = Page(
        _("Take nothing over from the rest"), _("No form of this upload waits any more."),
        _("Take nothing over from the rest"), question=_("Take nothing over from the forms that still wait?"),
        consequence=_("They no longer wait. They can still be compared until what was read is removed."),
    )  # fmt: skip
    return _asked(request, intake, form, page, intakes.close_intake, intake)


@BOTH
def intake_undo(request: UserRequest, pk: UUID) -> HttpResponse:
    intake = _visible(request, pk)
    require(permissions.can_undo(request.user, intake))
    form = ReasonForm(request.POST or None, instance=intake)
    page = Page(
        _("Undo this import"), _("Everything that was taken over is as it was before."), _("Undo this import"),
        question=_("Undo this import?"), danger=True,
        consequence=_("All of it is taken back, or nothing where something was changed since."),
    )  # fmt: skip
    return _asked(request, intake, form, page, undo_intake, intake)


def _asked(
    request: UserRequest,
    intake: FormIntake,
    form: BaseForm,
    page: Page,
    service: Callable[..., Any],
    record: FormIntake | IntakeFile,
) -> HttpResponse:
    back = reverse(DETAIL, kwargs={"pk": intake.pk})
    if submit(request, form, service, record):
        messages.success(request, page.said)
        return redirect(back)
    context = {"form": form, "page": page, "intake": intake, "back": back}
    return render(request, "appointment/intake_confirm.html", context)


def _said(file: object) -> str:
    """What became of a form by the last step."""
    if isinstance(file, IntakeFile) and file.state == FileState.SAME:
        return _("The form is settled: nothing differs.")
    count = len(file.last_effects) if isinstance(file, IntakeFile) else 0
    said = ngettext("%(count)d change was taken over.", "%(count)d changes were taken over.", count)
    return said % {"count": count}


def _photo(found: list[Difference]) -> Picture | None:
    """The photo of the form as it would be kept."""
    upload = next((one.values[PHOTO] for one in found if one.key == PHOTO), None)
    return Picture(portrait(upload.content), *PHOTO_SIZE) if upload is not None else None


def _others(file: IntakeFile) -> list[tuple[str, str]]:
    """What the form does not know, by its name; the fields of an old file have a number alone."""
    told = file.read.get("others", [])
    number = _("Field %(number)s")
    return [(number % {"number": name} if name.isdecimal() else name, text) for name, text in told]


def _hit(trainee: Trainee) -> PersonHit:
    person = trainee.person
    born = formats.date_format(person.birth_month, "YEAR_MONTH_FORMAT") if person.birth_month else ""
    return PersonHit(person.pk, person.name, joined([born, trainee.home_unit.label, trainee.file_number]))


def _visible(request: UserRequest, pk: UUID) -> FormIntake:
    intake = get_object_or_404(FormIntake.objects.visible_to(request.user), pk=pk)
    require_desk(request)
    return intake


def _visible_file(request: UserRequest, pk: UUID) -> IntakeFile:
    files = IntakeFile.objects.visible_to(request.user)
    file = get_object_or_404(files.select_related("intake", "trainee__person", "trainee__home_unit"), pk=pk)
    require_desk(request)
    return file
