"""现场教学路线 routes kept for further visits."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cadre_app.history import services as history
from cadre_app.people.services.checks import clean, refusal
from cadre_app.training.models import VisitRoute
from cadre_app.training.models.visits import lines_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User

MOST_SITES = 12
LONGEST_SITE = 40


@transaction.atomic
def create_route(*, title: str, sites: str, topic: str = "", actor: "User | None") -> VisitRoute:
    """Keep a route. Raises ValidationError by field."""
    route = VisitRoute(title=title, sites=tidy_sites(sites), topic=topic)
    with history.change(route, actor=actor, verb="training.visitroute.created"):
        clean(route)
        route.save()
    return route


@transaction.atomic
def change_route(
    route: VisitRoute, *, title: str, sites: str, topic: str = "", version: int | None = None, actor: "User"
) -> VisitRoute:
    """Change a route; visits that were planned from it keep what they copied. Raises Stale, ValidationError by field."""
    route = _lock(route, version)
    with history.change(route, actor=actor, verb="training.visitroute.changed"):
        route.title, route.sites, route.topic = title, tidy_sites(sites), topic
        clean(route)
        route.save()
    return route


@transaction.atomic
def offer_route(route: VisitRoute, *, is_offered: bool, version: int | None = None, actor: "User") -> VisitRoute:
    """Put a route out of use or back into it; its visits stay as they are. Raises Stale."""
    route = _lock(route, version)
    verb = "training.visitroute.offered" if is_offered else "training.visitroute.retired"
    with history.change(route, actor=actor, verb=verb):
        route.is_offered = is_offered
        clean(route)
        route.save()
    return route


def tidy_sites(text: str) -> str:
    """One site in a line, without empty lines. Raises ValidationError for none, too many or one that is too long."""
    lines = lines_of(text)
    if not lines:
        raise refusal("sites", _("Name at least one site."), code="empty")
    if len(lines) > MOST_SITES:
        message = _("A day has room for %(most)s sites at most.") % {"most": MOST_SITES}
        raise refusal("sites", message, code="too_many")
    for line in lines:
        if len(line) > LONGEST_SITE:
            message = _("A site has %(most)s characters at most: “%(line)s…”. One site in a line.")
            raise refusal("sites", message % {"most": LONGEST_SITE, "line": line[:12]}, code="too_long")
    return "\n".join(lines)


def _lock(route: VisitRoute, version: int | None) -> VisitRoute:
    route = VisitRoute.objects.lock(route.pk, version)
    if route.is_voided:
        raise ValidationError(_("This route is voided."), code="voided")
    return route
