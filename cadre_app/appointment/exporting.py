"""The .lrmx of several people in one archive, as a job asked for from the roster."""

import zipfile
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appointment.models import AppointmentForm
from cadre_app.appointment.services import drafts, readings
from cadre_app.core.roles import Role
from cadre_app.core.sheets import watermark_text
from cadre_app.jobs import services as jobs
from cadre_app.people.models import Trainee
from cadre_app.people.roster.lists import roster_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cadre_app.accounts.models import User
    from cadre_app.jobs.models import Job

EXPORT = "appointment.export"
MOST = 500
END = "\r\n"


def run_export(job: "Job") -> None:
    """The form last issued of each; who has none is named in a list beside them. People whom the owner may not work on are
    left out. Nothing leaves without a reason, however the job was asked for.
    """
    reason = str(job.params.get("reason", "")).strip()
    if not reason:
        raise jobs.Refused(
            _("Say why these forms are taken: pick the people on the roster and export their forms from there.")
        )
    people = chosen_people(job.owner, str(job.params.get("query", "")))
    if not people:
        raise jobs.Refused(_("None of these people has a growth file that you keep."))
    if len(people) > MOST:
        raise jobs.Refused(_("More than %(most)d people were picked. Narrow the list first.") % {"most": MOST})
    forms = forms_of(job.owner, people)
    if not forms:
        raise jobs.Refused(_("None of these people has an appointment form that was issued. Issue the forms first."))
    taken = [trainee for trainee in people if trainee.pk in forms]
    readings.take_many(taken, reason=reason, actor=job.owner)
    name = _("Appointment forms %(day)s.zip") % {"day": f"{timezone.localdate():%Y%m%d}"}
    with jobs.result_file(job, name=name) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, trainee in enumerate(taken, start=1):
            archive.writestr(f"{_named(trainee)}.lrmx", drafts.write(forms[trainee.pk]))
            jobs.report(job, number, len(taken), _("Writing the forms"))
        archive.writestr(_("Read me.txt"), _told(job.owner, people, forms).encode("utf-8-sig"))


def chosen_people(user: "User", query: str) -> list[Trainee]:
    """In the order of the list that was picked from; never the own file or a relative's."""
    table = roster_table(user, QueryDict(query))
    works = Trainee.objects.in_scope(user, Role.STAFF).standing()
    return list(table.queryset.filter(pk__in=works.values("pk"))[: MOST + 1])


def forms_of(user: "User", people: "Iterable[Trainee]") -> dict[object, AppointmentForm]:
    """The form last issued of each that has one, by the key of the growth file."""
    found = AppointmentForm.objects.visible_to(user).handed_on().filter(trainee__in=list(people))
    return {form.trainee_id: form for form in found.order_by("issued_at")}


def _named(trainee: Trainee) -> str:
    return f"{trainee.person.name}（{trainee.file_number}）"


def _told(user: "User", people: list[Trainee], forms: dict[object, AppointmentForm]) -> str:
    """When each form was issued, and of whom there is none."""
    lines = [watermark_text(user.display_name), ""]
    for trainee in people:
        form = forms.get(trainee.pk)
        if form is not None and form.issued_at is not None:
            day = f"{timezone.localtime(form.issued_at):%Y.%m.%d}"
            lines.append(_("%(name)s: issued on %(day)s") % {"name": _named(trainee), "day": day})
        else:
            lines.append(_("%(name)s: left out, no form was issued") % {"name": _named(trainee)})
    return END.join([*lines, ""])
