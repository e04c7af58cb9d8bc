"""Numbers of papers: counted by series and year without a gap, given once (ADR 18)."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cadre_app.core.documents import document_kinds
from cadre_app.core.models import BaseModel
from cadre_app.documents.models import DocumentNumber
from cadre_app.history import services as history

if TYPE_CHECKING:
    from uuid import UUID

    from cadre_app.accounts.models import User

NUMBER_LOCK = 7_120_018


def number_of(kind: str, owner_id: "UUID") -> DocumentNumber | None:
    """The number of a paper, once it has one; one query."""
    return DocumentNumber.objects.filter(kind=kind, owner_id=owner_id).first()


@transaction.atomic
def give_number(owner: BaseModel, *, kind: str, actor: "User") -> DocumentNumber:
    """The next number of the series and the year, or the one that the paper has.

    All numbers are given one after the other: what is rolled back leaves no gap. Raises ValidationError for a paper
    without a series.
    """
    series = document_kinds[kind].series
    if series is None:
        raise ValidationError(_("Papers of this kind bear no number."), code="no_series")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER_LOCK])
    given = number_of(kind, owner.pk)
    if given is not None:
        return given
    today = timezone.localdate()
    latest = DocumentNumber.objects.filter(series=series.key, year=today.year).aggregate(latest=Max("number"))["latest"]
    row = DocumentNumber(series=series.key, prefix=series.prefix(), year=today.year, number=(latest or 0) + 1)
    row.kind, row.owner_id, row.given_on = kind, owner.pk, today
    with history.change(row, actor=actor, verb="documents.number.given"):
        row.full_clean()
        row.save(force_insert=True)
    return row
