"""Who may import what; whose an import is, `Batch.objects.visible_to` says."""

from typing import TYPE_CHECKING

from cadre_app.core.registries import import_sheets
from cadre_app.core.roles import Role
from cadre_app.imports.models import Batch, BatchStatus, ColumnMapping

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_import(user: "User") -> bool:
    """Department staff."""
    return user.is_active and user.has_role(Role.STAFF)


def can_import_sheet(user: "User", key: str) -> bool:
    """Department staff whom the table's room admits."""
    sheet = import_sheets.get(key)
    return sheet is not None and can_import(user) and sheet.may_import(user)


def can_match(user: "User", batch: Batch) -> bool:
    """An uploaded file whose headings nobody has said the meaning of yet."""
    return batch.status == BatchStatus.UNMATCHED and can_import_sheet(user, batch.sheet)


def can_change_mapping(user: "User", mapping: ColumnMapping) -> bool:
    """Staff of the unit that keeps it, until it is removed."""
    return not mapping.is_voided and can_import(user) and user.holds(mapping.unit, Role.STAFF)


def can_correct(user: "User", batch: Batch) -> bool:
    """Rows change, are left out or chosen until the import is confirmed."""
    return batch.is_waiting and batch.total > 0 and can_import_sheet(user, batch.sheet)


def can_withdraw(user: "User", batch: Batch) -> bool:
    """Until it is confirmed."""
    return batch.is_waiting and can_import(user)


def can_confirm(user: "User", batch: Batch) -> bool:
    """Without an error and with something to write."""
    return batch.status == BatchStatus.READY and can_import_sheet(user, batch.sheet)


def can_undo(user: "User", batch: Batch) -> bool:
    """As long as it is known what the import did."""
    return batch.status == BatchStatus.DONE and batch.emptied_at is None and can_import_sheet(user, batch.sheet)


def can_take_rows(user: "User", batch: Batch) -> bool:
    """Workbooks of the rows, as long as there are rows."""
    return batch.total > 0 and batch.emptied_at is None and can_import_sheet(user, batch.sheet)
