"""The columns of the sheet of trainees that tell of the village term (到村任职)."""

from django.utils.translation import gettext_lazy as _

from cadre_app.core.importing import ImportColumn


def village_columns() -> list[ImportColumn]:
    """Where it is served, from when until when, and since when it stands still."""
    return [
        ImportColumn(
            key="village",
            label=_("Village of the village term"),
            longest=200,
            width=18,
            synonyms=("到村任职村", "到村任职所在村", "任职村", "所在村", "驻村", "到村任职村社区"),
            help=_("Of two villages of one name that of the own town is taken; others by their path (梧岭镇/梧头村)."),
            example="梧头村",
        ),
        ImportColumn(
            key="term_started_on",
            label=_("Village term from"),
            kind="date",
            synonyms=(
                "到村任职起",
                "到村任职起始时间",
                "到村任职开始时间",
                "到村时间",
                "到村任职时间",
                "到村日期",
                "到村任职起止时间",
            ),
            help=_("The day of reporting to the village."),
            example="2024.09.01",
            until="term_ended_on",
        ),
        ImportColumn(
            key="term_ended_on",
            label=_("Village term until"),
            kind="date",
            synonyms=("到村任职止", "到村任职结束时间", "到村任职期满时间", "离村时间", "期满时间"),
            help=_("A day to come is the day until which the term is planned."),
            example="2026.08.31",
            is_end=True,
        ),
        ImportColumn(
            key="term_interrupted_on",
            label=_("Village term interrupted from"),
            kind="date",
            synonyms=("到村任职中断起", "中断起", "中断起始时间"),
            help=_("Only while the term stands still; its end stays open until it goes on."),
        ),
    ]
