"""File numbers: `{prefix}-{year of arrival}-{four digits}`, counted on per year, never used twice."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from cadre_app.people.models import Trainee
from cadre_app.people.policies import FILE_PREFIX

NUMBER_LOCK = 7_120_002
LAST_NUMBER = 9_999


def next_file_numbers(year: int, count: int) -> list[str]:
    """The next `count` numbers of `year`, in order, reserved until the end of this transaction.

    Numbers of voided files are not given again. Raises ValidationError past 9999.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBER_LOCK, year])
    start = f"{FILE_PREFIX.now()}-{year:04d}-"
    taken = Trainee.objects.filter(file_number__startswith=start).order_by("-file_number")
    latest = taken.values_list("file_number", flat=True).first()
    first = int(latest.removeprefix(start)) + 1 if latest else 1
    if first + count - 1 > LAST_NUMBER:
        raise ValidationError(_("The file numbers of %(year)s are used up.") % {"year": year}, code="numbers_used_up")
    return [f"{start}{number:04d}" for number in range(first, first + count)]
