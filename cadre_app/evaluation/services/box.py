"""The box of what comes by code: it comes out with others, shuffled, so that nothing tells whose it was (ADR 24).

Whoever puts in shares the lock of the table; whoever stirs or closes holds it alone. It is taken before any row of a code.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from cadre_app.evaluation.models import BoxedSheet, OneTimeCode, Remark, Sheet

LEAST = 10
BATCH = 1_000
TABLE = BoxedSheet._meta.db_table
SHUFFLER = random.SystemRandom()


@dataclass(frozen=True)
class Filled:
    """What is on a sheet."""

    subject: UUID
    answers: list[int]
    respondent: str
    comment: str = ""


def hold_box(*, alone: bool = False) -> None:
    """Keep others from stirring; `alone`: also from putting in. Until the end of the transaction."""
    mode = "ACCESS EXCLUSIVE" if alone else "ROW EXCLUSIVE"
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TABLE} IN {mode} MODE")


def put_in(sheets: Iterable[Filled]) -> None:
    """Put sheets into the box that `hold_box` holds."""
    BoxedSheet.objects.bulk_create([_boxed(one, is_fresh=True) for one in sheets], batch_size=BATCH)


@transaction.atomic
def stir_box(final: Sequence[UUID] = ()) -> int:
    """Take sheets out of the box, ten or more of a person at a time and ten kept back. Of `final` persons all of them go;
    fewer than ten are forgotten. Returns how many are kept as sheets.

    What stays is put in anew under other keys in another order, and every used code of the same persons is written anew:
    afterwards no two of them stand in a transaction of their own.
    """
    if not final and not BoxedSheet.objects.filter(is_fresh=True).exists():
        return 0
    hold_box(alone=True)
    found: dict[UUID, list[Filled]] = defaultdict(list)
    for row in BoxedSheet.objects.iterator(chunk_size=BATCH):
        found[row.subject_key].append(_opened(row))
    taken: list[Filled] = []
    kept: list[Filled] = []
    for subject, sheets in found.items():
        SHUFFLER.shuffle(sheets)
        stays = 0 if subject in final else LEAST
        count = len(sheets) - stays if len(sheets) - stays >= LEAST else 0
        taken += sheets[:count]
        kept += [] if subject in final else sheets[count:]
    _empty_box()
    keep_sheets(taken)
    SHUFFLER.shuffle(kept)
    BoxedSheet.objects.bulk_create([_boxed(one, is_fresh=False) for one in kept], batch_size=BATCH)
    OneTimeCode.objects.filter(subject__in=list(found), is_used=True).update(is_used=True)
    return len(taken)


def keep_sheets(sheets: list[Filled]) -> None:
    """Keep choices and comments, each in an order of its own."""
    SHUFFLER.shuffle(sheets)
    rows = [Sheet(subject_id=one.subject, answers=one.answers, respondent=one.respondent) for one in sheets]
    Sheet.objects.bulk_create(rows, batch_size=BATCH)
    keep_remarks([(one.subject, one.comment) for one in sheets])


def keep_remarks(remarks: list[tuple[UUID, str]]) -> None:
    """Keep comments, without the empty ones, shuffled."""
    SHUFFLER.shuffle(remarks)
    rows = [Remark(subject_id=subject, text=text) for subject, text in remarks if text]
    Remark.objects.bulk_create(rows, batch_size=BATCH)


def _empty_box() -> None:
    """The file of the table is put away with the dead rows in it."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")


def _boxed(one: Filled, *, is_fresh: bool) -> BoxedSheet:
    content = json.dumps([one.answers, one.respondent, one.comment], ensure_ascii=False)
    return BoxedSheet(subject_key=one.subject, content=content, is_fresh=is_fresh)


def _opened(row: BoxedSheet) -> Filled:
    answers, respondent, comment = json.loads(row.content)
    return Filled(row.subject_key, answers, respondent, comment)
