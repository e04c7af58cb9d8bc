"""Remembering how somebody has the roster set."""

from collections.abc import Collection

from django.db import transaction

from cadre_app.accounts.models import User
from cadre_app.history import services as history
from cadre_app.rosters.models import Order, Paper, RosterLayout


@transaction.atomic
def remember_layout(
    *, columns: Collection[str], order: str = Order.UNIT, paper: str = Paper.A4, actor: User
) -> RosterLayout:
    """Keep columns, order and paper for `actor`, in place of what was kept before. Raises ValidationError."""
    User.objects.lock(actor.pk)
    layout = RosterLayout.objects.of(actor).first() or RosterLayout(owner=actor)
    with history.change(layout, actor=actor, verb="rosters.rosterlayout.remembered"):
        layout.columns, layout.order, layout.paper = sorted(columns), order, paper
        layout.full_clean()
        layout.save()
    return layout
