"""A year of training of the fictional district (demo texts B4 to B6)."""

from datetime import date

from cadre_app.accounts.models import User
from cadre_app.demo.training.camps import load_camps
from cadre_app.demo.training.catalogue import load_catalogue
from cadre_app.demo.training.exercises import load_exercises
from cadre_app.demo.training.orders import load_orders
from cadre_app.demo.training.sessions import load_feedback, load_sessions
from cadre_app.demo.training.visits import load_outside, load_visits
from cadre_app.people.models import Trainee


def load_training(users: dict[str, User], names: dict[str, Trainee], as_of: date) -> None:
    """Catalogue, camps, sessions with what they gave, orders, study visits and courses taken elsewhere."""
    fresh = Trainee.objects.in_bulk([file.pk for file in names.values()])
    files = {name: fresh[file.pk] for name, file in names.items()}
    catalogue = load_catalogue(users)
    camps = load_camps(users, files, as_of)
    sessions = load_sessions(users, files, catalogue, camps, as_of)
    sessions += load_orders(users, files, catalogue, as_of)
    sessions.sort(key=lambda session: session.starts_on)
    load_exercises(sessions, catalogue, users["staff"])
    load_feedback(sessions)
    load_visits(users, files, as_of)
    load_outside(users, files, as_of)
