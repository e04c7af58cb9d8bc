"""Steps that several tests take: an entry verified by unit and department, and the way it came."""

from cadre_app.achievements.models import Achievement
from cadre_app.achievements.services import deciding
from tests.achievements.conftest import Town


def way(achievement: Achievement) -> list[str]:
    return [step.kind for step in achievement.steps.all()]


def verified(town: Town, **values: object) -> Achievement:
    entry = deciding.verify_for_unit(town.writes(**values), actor=town.liaison)
    return deciding.verify_achievement(entry, actor=town.staff)
