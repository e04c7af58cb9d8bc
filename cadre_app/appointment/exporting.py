"""The .lrmx of several people in one archive, as a job asked for from the roster."""

import zipfile
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.appointment.filling import fields_of
from cadre_app.appointment.lrmx.writing import write_lrmx
from cadre_app.appointment.models import AppointmentForm, FormState
from cadre_app.appointment.services import drafts, readings
from cadre_app.core.roles import Role
from cadre_app.jobs import services as jobs
from cadre_app.people.models import Trainee
from cadre_app.people.roster.lists import roster_table

if TYPE_CHECKING:
    from cadre_app.accounts.models import User
    from cadre_app.jobs.models import Job

EXPORT = "appointment.export"
MOST = 500


def run_export(job: "Job") -> None:
    """A draft where there is one, else what the file says now; people whom the owner may not work on are left out."""
    people = _people(job)
    if not people:
        raise jobs.Refused(_("None of these people has a growth file that you keep."))
    if len(people) > MOST:
        raise jobs.Refused(_("More than %(most)d people were picked. Narrow the list first.") % {"most": MOST})
    readings.take_many(people, actor=job.owner)
    found = AppointmentForm.objects.visible_to(job.owner).standing().filter(trainee__in=people, state=FormState.DRAFT)
    forms = {form.trainee_id: form for form in found}
    name = _("Appointment forms %(day)s.zip") % {"day": f"{timezone.localdate():%Y%m%d}"}
    with jobs.result_file(job, name=name) as path, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, trainee in enumerate(people, start=1):
            content = _content(trainee, forms.get(trainee.pk), job.owner)
            archive.writestr(f"{trainee.person.name}（{trainee.file_number}）.lrmx", content)
            jobs.report(job, number, len(people), _("Writing the forms"))


def _people(job: "Job") -> list[Trainee]:
    """In the order of the list that was picked from; never the owner's own file or a relative's."""
    table = roster_table(job.owner, QueryDict(str(job.params.get("query", ""))))
    works = Trainee.objects.in_scope(job.owner, Role.STAFF).standing()
    return list(table.queryset.filter(pk__in=works.values("pk"))[: MOST + 1])


def _content(trainee: Trainee, draft: AppointmentForm | None, user: "User") -> bytes:
    if draft is not None:
        return drafts.write(draft)
    return write_lrmx(fields_of(user, trainee, photo=drafts.file_photo(trainee)))
