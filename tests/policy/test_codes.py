import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cadre_app.core.models import Stale
from cadre_app.policy import codes, services
from cadre_app.policy.models import Code
from cadre_app.policy.tables import code_tables

pytestmark = pytest.mark.django_db


def change(row, actor, **values):
    given = {"name_zh": row.name_zh, "name_en": row.name_en, "order": row.order, "is_active": row.is_active, **values}
    return services.change_code(row, **given, reason="调整", version=row.version, actor=actor)


def test_the_tables_hold_what_the_standards_hold():
    counts = {table.key: len(codes.choices(table.key)) for table in code_tables.values()}
    assert counts == {
        "sex": 4,
        "ethnic_group": 56,
        "political_status": 13,
        "education": 33,
        "degree": 55,
        "post_level": 13,
        "rank": 12,
        "arrival_item": 10,
        "reward_civil_servant": 5,
        "reward_institution": 4,
        "honour": 9,
        "discipline_party": 5,
        "discipline_administrative": 6,
        "discipline_organizational": 5,
        "admonition": 7,
        "visit_occasion": 8,
    }


@pytest.mark.parametrize(
    ("table", "code", "name"),
    [
        ("ethnic_group", "22", "畲族"),
        ("ethnic_group", "56", "基诺族"),
        ("political_status", "02", "预备党员"),
        ("education", "14", "硕士研究生毕业"),
        ("degree", "346", "工商管理硕士专业学位"),
        ("post_level", "142", "乡科级副职"),
        ("rank", "10", "四级主任科员"),
    ],
)
def test_codes_say_what_the_standard_says(table, code, name):
    assert codes.label(table, code, "zh-hans") == name


def test_a_label_follows_the_language_and_an_unknown_code_stays():
    with translation.override("en"):
        assert codes.label("sex", "1") == "Male"
    assert codes.label("sex", "1", "zh-hans") == "男"
    assert codes.label("sex", "7") == "7"


def test_headings_are_not_offered():
    assert "20" not in dict(codes.choices("education"))


def test_periods_of_discipline_are_data():
    names = ("1", "2", "3", "4", "5", "6")
    assert [codes.months("discipline_administrative", code) for code in names] == [6, 12, 18, 24, 24, None]


def test_a_code_out_of_use_is_offered_only_to_who_has_it(sysadmin):
    change(Code.objects.get(table="honour", code="03"), sysadmin, is_active=False)
    assert "03" not in dict(codes.choices("honour"))
    assert dict(codes.choices("honour", keep="03", language="zh-hans"))["03"] == "优秀共青团员"


def test_a_national_standard_takes_no_new_codes_and_a_local_table_does(sysadmin):
    given = {"code": "77", "name_zh": "新", "name_en": "New", "order": 5, "reason": "增加", "actor": sysadmin}
    with pytest.raises(ValidationError):
        services.add_code(code_tables["sex"], **given)
    services.add_code(code_tables["honour"], **given)
    with pytest.raises(ValidationError):
        services.add_code(code_tables["honour"], **given)
    assert (codes.label("sex", "77"), codes.label("honour", "77", "en")) == ("77", "New")


def test_a_change_based_on_an_old_page_is_stale(sysadmin):
    first = Code.objects.get(table="honour", code="01")
    second = Code.objects.get(table="honour", code="01")
    change(first, sysadmin, name_zh="甲")
    with pytest.raises(Stale):
        change(second, sysadmin, name_zh="乙")
    assert codes.label("honour", "01", "zh-hans") == "甲"
