from cadre_app.achievements.models.achievements import Achievement
from cadre_app.achievements.models.choices import AchievementState, StepKind
from cadre_app.achievements.models.comments import AchievementComment
from cadre_app.achievements.models.steps import AchievementStep

__all__ = ["Achievement", "AchievementComment", "AchievementState", "AchievementStep", "StepKind"]
