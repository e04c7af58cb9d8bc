"""A district for the bell: towns with staff who want each reminder by e-mail at once, and files whose probation ends."""

from datetime import date

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.core.roles import Role
from cadre_app.org.models import Unit, UnitKind
from cadre_app.people.models import Person, Trainee
from cadre_app.policy import services as policy
from cadre_app.reminders.models import Channel, Mode, Preference, RuleSetting, WorkItem
from cadre_app.reminders.policies import MONTHLY_CAP, OUTSIDE_WORKDAYS_ONLY, QUIET_FROM, QUIET_UNTIL
from tests.factories import GrantFactory, PersonFactory, TraineeFactory, UnitFactory, UserFactory

HOST = "example.cn"
MOST_A_MONTH = 200
BROKEN = "not an address\nat all"


def fill(*, towns: int, files: int, mode: str = Mode.AT_ONCE) -> None:
    """`files` for each of the towns, none of them due; two of staff in each; messages leave on every day and hour."""
    WorkItem.objects.all().delete()
    # Nobody here has been talked to since 2024: that is another story.
    RuleSetting.objects.create(rule="care.talk_due", unit=None, is_on=False, source="演练", reason="断点演练")
    top = Unit.objects.filter(parent=None).first() or UnitFactory.create(name="望屿区", kind=UnitKind.DISTRICT)
    accounts = [_town(top, number, files, mode) for number in range(towns)]
    for setting, value in (
        (QUIET_FROM, 0),
        (QUIET_UNTIL, 0),
        (OUTSIDE_WORKDAYS_ONLY, False),
        (MONTHLY_CAP, MOST_A_MONTH),
    ):
        policy.add_value(
            setting,
            value=value,
            valid_from=timezone.localdate(),
            source="演练",
            reason="断点演练",
            actor=accounts[0],
        )


def _town(top: object, number: int, files: int, mode: str) -> User:
    town = UnitFactory.create(name=f"断点镇{number}", kind=UnitKind.TOWN, parent=top, order=number)
    for which in (1, 2):
        staff = UserFactory.create(username=staff_name(number, which), unit=town)
        GrantFactory.create(user=staff, role=Role.STAFF, unit=town)
        Preference.objects.create(user=staff, channel=Channel.EMAIL, mode=mode, address=f"{staff.username}@{HOST}")
    persons = Person.objects.bulk_create(PersonFactory.build_batch(files, name="林知远"))
    Trainee.objects.bulk_create(
        TraineeFactory.build(
            person=person, home_unit=town, arrived_on=date(2024, 8, 1), file_number=file_number(number, which)
        )
        for which, person in enumerate(persons)
    )
    return staff


def move(username: str, address: str = BROKEN) -> None:
    """Another address, by default one to which no message can be made."""
    Preference.objects.filter(user__username=username).update(address=address)


def staff_name(town: int, which: int) -> str:
    return f"staff{town:02d}.{which}"


def file_number(town: int, which: int) -> str:
    return f"B-{which:03d}-{town:02d}"


def told_of(file: str) -> list[str]:
    """Who is told of a file: the staff of its town."""
    return [staff_name(int(file[-2:]), which) for which in (1, 2)]
