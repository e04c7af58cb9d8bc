"""Education and degree as rosters and forms of the cadre office write them (demo-texts B18)."""

from django.utils.translation import gettext as _

LEVELS = {
    "1": lambda: _("Postgraduate"),
    "2": lambda: _("University"),
    "3": lambda: _("Junior college"),
    "4": lambda: _("Secondary vocational school"),
    "6": lambda: _("Senior secondary school"),
}


def written_level(code: str) -> str:
    """研究生, 大学 …: the group of a code of GB/T 4658, never 硕士 or 本科; empty for no code."""
    found = LEVELS.get(code[:1])
    return found() if found is not None else ""


def written_degree(label: str) -> str:
    """管理学学士, 公共管理硕士: the name of a degree without the word for degree."""
    return label.removesuffix("学位").removesuffix("专业")
