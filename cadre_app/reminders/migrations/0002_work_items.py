"""年度工作日历: the office's year that every new installation starts with."""

from calendar import monthrange
from datetime import date

from django.db import migrations
from django.utils import timezone

MONTH_END = 31
STEPS = {"yearly": 12, "quarterly": 3, "monthly": 1}
# month, day (31: the last one), recurrence, who, ◇, 事项, item, 依据或说明, remark (the span of months where it is one)
SEED = (
    (
        1,
        31,
        "yearly",
        "单位、公务员科",
        False,
        "上年度年度考核汇总、公示、备案；书面反馈本人签字",
        "Last year's annual assessment: summary, public notice, filing; written feedback signed by each person",
        "公务员考核规定；事业单位工作人员考核规定",
        "",
    ),
    (
        1,
        20,
        "yearly",
        "公务员科",
        False,
        "选调生、公务员年报数据核对（截至上年12月31日）",
        "Yearly returns of selected graduates and civil servants checked (as of 31 December last year)",
        "上级统计通知",
        "",
    ),
    (
        1,
        25,
        "yearly",
        "干部科",
        True,
        "春节前走访慰问；寒假返乡人员联系",
        "Visits before the Spring Festival; contact with those who come home for the winter holidays",
        "关心关爱安排",
        "",
    ),
    (
        2,
        31,
        "yearly",
        "干部科",
        False,
        "年度培养计划、训练营计划、派遣计划报部领导签批",
        "Year's plans of development, camp and postings to the department's leaders for approval",
        "部年度工作要点",
        "",
    ),
    (
        3,
        31,
        "yearly",
        "干部科",
        False,
        "国情调研选题征集与开题",
        "Field research: topics collected and opened",
        "到村任职选调生每人一篇",
        "",
    ),
    (
        3,
        15,
        "yearly",
        "干部科、党校",
        False,
        "一季度谈话计划；新一轮点单征集",
        "Talks planned for the first quarter; new round of training to order",
        "谈心谈话制度",
        "",
    ),
    (
        4,
        20,
        "yearly",
        "单位",
        False,
        "一季度平时考核（上季度小结、结果反馈）",
        "First quarter's regular assessment (last quarter summed up, results fed back)",
        "公务员平时考核办法",
        "",
    ),
    (
        5,
        8,
        "yearly",
        "干部科",
        True,
        "五四前后座谈交流；优秀典型推荐",
        "Symposium around Youth Day; outstanding examples recommended",
        "",
        "",
    ),
    (
        6,
        31,
        "yearly",
        "干部科",
        False,
        "半年小结：结对小结、学时进度、派遣中期了解",
        "Half-year review: pairings, training hours, postings at mid-term",
        "",
        "",
    ),
    (
        6,
        20,
        "yearly",
        "干部科",
        False,
        "六线派遣“回头看”：无文号、超期、未鉴定逐一销号",
        "Six front lines looked at again: postings without document, overdue or not appraised settled one by one",
        "减负规定",
        "",
    ),
    (
        7,
        20,
        "yearly",
        "单位",
        False,
        "二季度平时考核；防汛抗台岗位安排",
        "Second quarter's regular assessment; posts for flood and typhoon season",
        "",
        "",
    ),
    (
        8,
        31,
        "yearly",
        "公务员科、人才科",
        False,
        "新录用、引进人员报到：体检考察材料、试用期起算、到村名单、结对建议",
        "Newcomers report: medical and vetting papers, start of probation, list for the villages, suggested pairings",
        "公务员录用规定",
        "7—8月",
    ),
    (
        9,
        31,
        "yearly",
        "公务员科、党校",
        True,
        "初任培训（不少于12天◇以规定为准）、选调生岗前培训",
        "Induction training (12 days at least ◇ as the rules say), training of selected graduates before they start",
        "公务员培训规定",
        "8—9月",
    ),
    (
        9,
        31,
        "yearly",
        "公务员科",
        False,
        "上一批试用期满考核、任职定级、公务员登记",
        "Last year's newcomers: assessment at the end of probation, appointment and grading, registration",
        "届满后30日内",
        "8—9月",
    ),
    (
        9,
        20,
        "yearly",
        "干部科",
        False,
        "到村任职起止核对；期满专项考核（总结、谈话、公示、鉴定、备案）",
        "Village terms checked; assessment at their end (summary, talks, public notice, appraisal, filing)",
        "到村任职两年",
        "",
    ),
    (
        9,
        10,
        "yearly",
        "干部科",
        False,
        "年级编排（按参考日）与青竹培优转入",
        "Camp grades arranged (by the reference day) and moves into the Qingzhu plan",
        "本系统设置",
        "",
    ),
    (
        10,
        20,
        "yearly",
        "单位、党校",
        False,
        "三季度平时考核；学时不足人员补训安排",
        "Third quarter's regular assessment; further training for those short of hours",
        "每年不少于90学时",
        "",
    ),
    (
        10,
        31,
        "yearly",
        "干部科",
        False,
        "国情调研报告评审、推荐上报",
        "Field research: reports reviewed and recommended",
        "",
        "",
    ),
    (
        11,
        31,
        "yearly",
        "公务员科",
        False,
        "年度考核部署、优秀名额核定填报",
        "Annual assessment prepared, quota of “excellent” fixed and reported",
        "",
        "",
    ),
    (
        11,
        20,
        "yearly",
        "干部科",
        False,
        "材料收集移交：考核登记表、鉴定表、奖惩、任职定级审批表",
        "Papers collected and handed over: assessment forms, appraisals, rewards and discipline, approvals of appointment and grading",
        "形成之日起一个月内移交人事档案",
        "",
    ),
    (
        12,
        25,
        "yearly",
        "单位",
        False,
        "四季度平时考核、年度述职、年度考核测评",
        "Fourth quarter's regular assessment, yearly reports on duty, evaluation for the annual assessment",
        "",
        "",
    ),
    (
        12,
        31,
        "yearly",
        "干部科",
        False,
        "年度总结与简报；下年度需求调查",
        "Year's summary and briefing; survey of next year's needs",
        "",
        "",
    ),
    (
        1,
        25,
        "monthly",
        "干部科",
        False,
        "请销假核对、帮带提醒、谈话到期、派遣到期、问题办理进度、合规提示",
        "Leave checked; mentoring, talks and postings that fall due; progress of problems; compliance",
        "本系统规则",
        "",
    ),
    (
        3,
        31,
        "quarterly",
        "干部科",
        True,
        "座谈或片区交流一次◇；谈话计划；平时考核",
        "One symposium or area meeting ◇; plan of talks; regular assessment",
        "",
        "",
    ),
)


def seed(apps, schema_editor):
    """Each entry on its next day from today on: the workday on or before the day of the plan."""
    WorkItem = apps.get_model("reminders", "WorkItem")
    workdays = set(
        apps.get_model("policy", "CalendarDay").objects.filter(is_workday=True).values_list("day", flat=True)
    )
    today = timezone.localdate()
    for month, day, recurrence, responsible, is_local, title_zh, title_en, basis, note in SEED:
        planned = next(found for found in _rounds(today.year, month, day, recurrence) if _due(found, workdays) >= today)
        WorkItem.objects.create(
            title_zh=title_zh,
            title_en=title_en,
            responsible=responsible,
            basis=basis,
            is_local=is_local,
            recurrence=recurrence,
            day=day,
            planned_on=planned,
            due_on=_due(planned, workdays),
            note=note,
        )


def _rounds(year, month, day, recurrence):
    """The days of the plan from the first month of this year on."""
    number = year * 12 + month - 1
    while True:
        of_year, of_month = divmod(number, 12)
        yield date(of_year, of_month + 1, min(day, monthrange(of_year, of_month + 1)[1]))
        number += STEPS[recurrence]


def _due(day, workdays):
    near = (date.fromordinal(day.toordinal() - back) for back in range(MONTH_END))
    return next((one for one in near if one in workdays), day)


class Migration(migrations.Migration):
    dependencies = [("policy", "0002_seed"), ("reminders", "0001_tables")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
