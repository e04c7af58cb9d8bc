"""Postings, leave and field research of the fictional district (demo texts B13 and B15)."""

from datetime import date

from cadre_app.accounts.models import User
from cadre_app.demo.assignments.competitions import load_competitions
from cadre_app.demo.assignments.leaves import load_leaves
from cadre_app.demo.assignments.postings import load_postings
from cadre_app.demo.assignments.research import load_research
from cadre_app.demo.assignments.terms import load_term_reviews
from cadre_app.people.models import Trainee


def load_assignments(users: dict[str, User], names: dict[str, Trainee], as_of: date) -> None:
    """What stands on `as_of`: postings in every stage, comparisons of results, leave, ended village terms with their reviews, research with prizes."""
    files = list(Trainee.objects.in_development().filter(pk__in=[file.pk for file in names.values()]))
    load_postings(users, files, as_of)
    load_competitions(users, as_of)
    load_leaves(users, files, as_of)
    load_research(users, files, as_of)
    load_term_reviews(users, as_of)
