"""A person's name and everything that lists sort by it: written here and nowhere else."""

from cadre_app.people.models import Person, Trainee
from cadre_app.people.writing.names import sort_keys


def give_name(person: Person, name: str) -> None:
    """Set the name and its sort keys on a person that the caller saves; afterwards `keep_stroke_key` for a file."""
    keys = sort_keys(name)
    person.name = name
    person.name_pinyin, person.name_initials, person.name_stroke_key = keys.pinyin, keys.initials, keys.strokes


def keep_stroke_key(person: Person) -> None:
    """Repeat the person's stroke key on their growth file, in the transaction that changed the name."""
    Trainee.objects.filter(person=person).exclude(stroke_key=person.name_stroke_key).update(
        stroke_key=person.name_stroke_key
    )
