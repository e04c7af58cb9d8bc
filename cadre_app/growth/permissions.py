"""Who may do what with the growth file as a whole; who sees which entry is said by its sources (core.growth.Access)."""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES

if TYPE_CHECKING:
    from cadre_app.core.growth import Access


def can_read_head(access: "Access") -> bool:
    """Head, stage and what is missing: staff, leaders, the unit's liaison, and the trainee; a tie shows less."""
    return access.reads(*BUSINESS_ROLES)


def can_print(access: "Access") -> bool:
    """On paper for whoever reads the head."""
    return can_read_head(access)
