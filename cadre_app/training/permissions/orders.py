"""Who orders, who runs rounds, who answers, and who opens sessions from orders (ACCESS.md, "training, hours").

Staff do all of it in their scope, leaders and liaisons read, teachers open sessions of their own courses, those in
development order for themselves. Own files and declared relatives are never worked on (回避).
"""

from typing import TYPE_CHECKING

from cadre_app.core.roles import BUSINESS_ROLES, Role
from cadre_app.people.models.persons import avoided_persons, own_keys
from cadre_app.training.models import Course, Order, OrderState
from cadre_app.training.models.courses import teaches

if TYPE_CHECKING:
    from cadre_app.accounts.models import User


def can_see_rounds(user: "User") -> bool:
    """The list of rounds: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_run_rounds(user: "User") -> bool:
    """Staff open and close rounds, and enter orders that came on paper."""
    return user.has_role(Role.STAFF)


def can_order(user: "User") -> bool:
    """The page of one's own orders: those with a growth file."""
    return own_keys(user)[1] is not None


def can_change_own(user: "User", order: Order) -> bool:
    """Withdraw, order again and sort: whose order it is."""
    return order.trainee_id == own_keys(user)[1]


def can_see_orders(user: "User") -> bool:
    """The list of orders over units: business roles."""
    return user.has_role(*BUSINESS_ROLES)


def can_see_demand(user: "User") -> bool:
    """The demand board: business roles, and teachers for their own courses."""
    return user.has_role(*BUSINESS_ROLES) or teaches(user)


def opens_sessions(user: "User") -> bool:
    """The board offers to open sessions: to staff, and to teachers of their own courses."""
    return user.has_role(Role.STAFF) or not user.has_role(*BUSINESS_ROLES)


def can_open_from(user: "User", course: Course) -> bool:
    """Staff; and whoever teaches the course."""
    return user.has_role(Role.STAFF) or gives(user, course)


def can_take_back(user: "User", order: Order) -> bool:
    """An answer: staff of the unit."""
    return works_on(user, order) and order.state == OrderState.ANSWERED and not order.is_voided


def takes_answer(user: "User", order: Order) -> bool:
    """Staff of the unit answer an order, as long as it has no place and is not closed."""
    return works_on(user, order) and order.state == OrderState.OPEN and not order.is_voided


def works_on(user: "User", order: Order) -> bool:
    """Staff of the unit of whoever ordered, who is neither oneself nor a relative."""
    trainee = order.trainee
    return user.holds(trainee.home_unit, Role.STAFF) and trainee.person_id not in avoided_persons(user)


def gives(user: "User", course: Course) -> bool:
    """`user` is one of the standing teachers of the course."""
    return teaches(user) and course.teachers.filter(account=user, voided_at=None).exists()
