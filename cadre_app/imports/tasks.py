"""The long work of imports as kinds of jobs; each may be run again from its beginning."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from cadre_app.core.importing import ImportSheet
from cadre_app.imports import books
from cadre_app.imports.models import Batch, BatchStatus
from cadre_app.imports.permissions import can_import_sheet
from cadre_app.imports.services.checking import Tell, check_batch
from cadre_app.imports.services.confirming import Changed, Obstructed, apply_batch, take_back
from cadre_app.imports.services.rows import rows_are_readable
from cadre_app.jobs import services as jobs

if TYPE_CHECKING:
    from cadre_app.jobs.models import Job


def run_check(job: "Job") -> None:
    """Check the rows of `params["batch"]`; nothing to do if they were changed since, or are imported."""
    batch, sheet = _batch_of(job)
    if batch.revision == job.params.get("revision") and batch.is_waiting:
        check_batch(batch, sheet, actor=job.owner, tell=_teller(job))


def run_confirm(job: "Job") -> None:
    """Import the rows and write the result file; the job ends with the transaction that holds all of it."""
    batch, sheet = _batch_of(job)

    def ending(done: Batch) -> None:
        Batch.objects.filter(pk=done.pk).update(result_job=job)
        write_result(job, done, sheet)
        jobs.finish(job)

    revision = int(str(job.params.get("revision", 0)))
    try:
        with jobs.aside(job):
            apply_batch(batch, sheet, revision=revision, actor=job.owner, tell=_aside(job), ending=ending)
    except Changed as changed:
        nothing = _("Something has changed since the preview, so nothing was imported. Please look at the rows again.")
        raise jobs.Refused(" ".join([nothing, *(str(part) for part in changed.args)])) from changed


def run_undo(job: "Job") -> None:
    """Take an import back; the job ends with the transaction that does it."""
    batch, sheet = _batch_of(job)
    reason = str(job.params.get("reason", ""))
    try:
        with jobs.aside(job):
            take_back(batch, sheet, reason=reason, actor=job.owner, tell=_aside(job), ending=lambda: jobs.finish(job))
    except Obstructed as obstructed:
        raise jobs.Refused(
            _("Nothing was undone: see on the page of the import what stands against it.")
        ) from obstructed


def run_result(job: "Job") -> None:
    """Write the result file of an import once more."""
    batch, sheet = _batch_of(job)
    if batch.status not in (BatchStatus.DONE, BatchStatus.UNDONE) or batch.emptied_at is not None:
        raise jobs.Refused(_("The rows of this import are no longer there."))
    if not rows_are_readable(batch, job.owner):
        raise jobs.Refused(_("This import does not exist, or you may no longer work on it."))
    write_result(job, batch, sheet)


def run_errors(job: "Job") -> None:
    """Write the rows with errors, or those left out of what was imported, as a workbook."""
    batch, sheet = _batch_of(job)
    if batch.emptied_at is not None:
        raise jobs.Refused(_("The rows of this import are no longer there."))
    if not rows_are_readable(batch, job.owner):
        raise jobs.Refused(_("Your roles have changed since the rows were checked. Have them checked again first."))
    what = _("rows left out") if batch.confirmed_at else _("rows with errors")
    with jobs.result_file(job, name=books.file_name(batch, what)) as path:
        books.write_errors(path, batch, sheet, actor=job.owner, tell=_teller(job))


def write_result(job: "Job", batch: Batch, sheet: ImportSheet) -> None:
    """The workbook that says what became of each row."""
    with jobs.result_file(job, name=books.file_name(batch, _("result"))) as path:
        books.write_result(path, batch, sheet, actor=job.owner)


def _batch_of(job: "Job") -> tuple[Batch, ImportSheet]:
    """The owner's own import, and what its table means; asked again at each start, as roles end."""
    try:
        batch = Batch.objects.visible_to(job.owner).filter(pk=UUID(str(job.params.get("batch")))).first()
    except ValueError:
        batch = None
    if batch is None or batch.definition is None or not can_import_sheet(job.owner, batch.sheet):
        raise jobs.Refused(_("This import does not exist, or you may no longer work on it."))
    return batch, batch.definition


def _teller(job: "Job") -> Tell:
    return lambda done, total, message: jobs.report(job, done, total, message)


def _aside(job: "Job") -> Tell:
    """Told beside the transaction that writes the rows: it shows the progress and hears of a cancellation."""
    return lambda done, total, message: jobs.report_aside(job, done, total, message)


def page_of(job: "Job") -> str:
    """Where one sees what the job did."""
    return reverse("imports:batch_detail", kwargs={"pk": str(job.params.get("batch"))})
