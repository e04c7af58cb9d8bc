"""What falls due with places is told to the person whose place it is."""

from django.db.models import F

from cadre_app.core.reminding import Rows


def of_person(rows: Rows, day: str, prefix: str = "") -> Rows:
    """Of those in development who have an account, due on the column `day`; `prefix` leads to what has the `trainee`."""
    account, trainee = f"{prefix}trainee__person__account", f"{prefix}trainee"
    here = rows.filter(**{f"{account}__isnull": False, f"{trainee}__departed_on": None, f"{trainee}__voided_at": None})
    return here.annotate(due_day=F(day), trainee_key=F(f"{trainee}_id"), doer_key=F(f"{account}_id"))
