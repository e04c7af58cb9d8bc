"""What pages say about reviews: the sheet on the page of a pairing, and what a reader can do next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadre_app.mentorship.models import Pairing, PairingReview
from cadre_app.mentorship.permissions import reviews as permissions
from cadre_app.mentorship.review_lists import mark_of, missing_of

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One review on the page of its pairing."""

    review: PairingReview
    mark: tuple[str, str]
    missing: str


def lines_of(pairing: Pairing) -> list[Line]:
    """The reviews of a pairing, the latest first; one query."""
    rows = PairingReview.objects.standing().filter(pairing=pairing).order_by("-period_until", "pk")
    return [Line(row, mark_of(row), missing_of(row)) for row in rows]


def acts_of(user: "User", review: PairingReview) -> dict[str, bool]:
    """What `user` can do with it now."""
    return {
        "mentor_part": permissions.can_write_mentor_part(user, review),
        "trainee_part": permissions.can_write_trainee_part(user, review),
        "conclude": permissions.can_conclude(user, review),
        "return": permissions.can_return(user, review),
        "return_back": permissions.can_take_return_back(user, review),
        "sign_off": permissions.can_sign_off(user, review),
        "unsign": permissions.can_unsign(user, review),
    }
