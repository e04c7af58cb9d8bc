"""Makes the Word templates of papers in the layout of GB/T 9704-2012: one base (paper_layout), then the words of each.

A new paper adds a function to PAPERS. The same words stand in its HTML template; tests compare what both print.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor
from paper_appointment import appointment_form
from paper_layout import (
    HEI,
    KAI,
    PAGE,
    TITLE,
    XIAOBIAOSONG,
    base,
    boxes,
    facts,
    heading,
    led,
    line,
    listed,
    rows_of,
    ruled,
    signatures,
    title,
)

ROOT = Path(__file__).resolve().parent.parent
RED, MAST = "C00000", Pt(42)  # 简报的报头
STAMP = (2026, 1, 1, 0, 0, 0)


def agreement() -> Any:
    document = base(numbered=True)
    title(document, "青蓝结对协议")
    line(document, "甲方（组织部门）：{{ department }}")
    line(document, "乙方（{{ role }}）：{{ mentor }}")
    line(document, "丙方（帮带对象）：{{ trainee }}")
    line(document, "为做好引进生、选调生跟踪培养工作，甲、乙、丙三方就青蓝结对有关事项达成如下协议。")
    heading(document, "一、结对关系和期限")
    line(document, "甲方安排乙方担任丙方的{{ role }}，结对期限自{{ since }}起至{{ until }}止。")
    heading(document, "二、帮带目标")
    line(document, "{%p for part in goals %}", indent=False)
    line(document, "{{ part.title }}", KAI).paragraph_format.keep_with_next = True
    listed(document, "line", "part.lines")
    line(document, "{%p else %}", indent=False)
    line(document, "由三方另行商定，作为本协议附件。")
    line(document, "{%p endfor %}", indent=False)
    heading(document, "三、帮带方式")
    listed(document, "line", "ways")
    heading(document, "四、三方约定")
    listed(document, "line", "rules")
    heading(document, "五、协议效力")
    line(document, "本协议一式三份，甲、乙、丙三方各执一份，自三方签字（盖章）之日起生效。")
    signatures(document, (("导师（签字）：", 49), ("帮带对象（签字）：", 56), ("组织部（盖章）：", 51)))
    return document


def letter() -> Any:
    document = base(numbered=False)
    title(document, "聘　书")
    line(document, "兹聘请{{ mentor }}同志担任{{ trainee }}同志的{{ role }}，聘期自{{ since }}起至{{ until }}止。")
    line(document, "特发此聘书。")
    for _ in range(2):
        line(document, "", indent=False)
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ dated }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def report() -> Any:
    document = base(numbered=True)
    line(document, "{{ title }}", XIAOBIAOSONG, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    line(document, "{{ period }}", KAI, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    line(document, "", indent=False)
    line(document, "{%p for part in sections %}", indent=False)
    line(document, "{%p if part.heading %}", indent=False)
    heading(document, "{{ part.heading }}")
    line(document, "{%p endif %}", indent=False)
    listed(document, "line", "part.paragraphs")
    line(document, "{%p endfor %}", indent=False)
    line(document, "", indent=False)
    line(document, "{{ mentor }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    line(document, "{{ day }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def certificate() -> Any:
    document = base(numbered=False)
    title(document, "结业证书")
    words = "{{ trainee }}同志{{ period }}参加“{{ course }}”培训，共{{ hours }}学时，完成规定学习任务，{{ result }}准予结业。"
    line(document, words)
    line(document, "特发此证。")
    for _ in range(2):
        line(document, "", indent=False)
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ dated }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def term_review() -> Any:
    document = base(numbered=True)
    title(document, "到村任职期满考核表")
    facts(
        document,
        (
            ("姓名", "{{ trainee }}", "单位", "{{ unit }}"),
            ("职务", "{{ post }}", "任职身份", "{{ role }}"),
            ("任职村", "{{ village }}", "请假", "{{ leave }}"),
            ("到村时间", "{{ since }}", "期满时间", "{{ until }}"),
        ),
        (24, 54, 24, 54),
    )
    line(document, "", indent=False)
    heading(document, "一、本人总结")
    listed(document, "line", "summary")
    heading(document, "二、国情调研报告")
    line(document, "{{ report }}")
    heading(document, "三、查阅资料情况")
    listed(document, "line", "papers")
    heading(document, "四、走访谈话情况")
    line(document, "{{ talks }}")
    heading(document, "五、考核意见")
    listed(document, "line", "proposal")
    line(document, "考核结果：{{ conclusion }}")
    heading(document, "六、公示情况")
    line(document, "{{ notice }}")
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    signatures(document, (("本人（签字）：", 49), ("村党组织（盖章）：", 56), ("组织部（盖章）：", 51)))
    return document


def evaluation_result() -> Any:
    document = base(numbered=True)
    title(document, "群众评价结果")
    facts(
        document,
        (("姓名", "{{ trainee }}", "单位", "{{ unit }}"), ("评价地点", "{{ place }}", "测评表", "{{ sheets }}")),
        (24, 54, 24, 54),
    )
    line(document, "", indent=False)
    line(document, "{{ title }}，{{ period }}。{{ left_out }}")
    heading(document, "一、各题情况")
    listed(document, "line", "lines")
    heading(document, "二、希望和建议")
    listed(document, "line", "remarks")
    line(document, "本次评价不记名，结果仅用于帮助年轻干部改进工作，不作排名。")
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ counted_on }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=4)
    return document


def handover_sheet() -> Any:
    document = base(numbered=True)
    title(document, "材料移交清单")
    line(document, "移交单位：{{ department }}　　{{ day }}　　共{{ count }}份", indent=False)
    rows_of(
        document,
        ("序号", "姓名", "单位", "材料名称", "形成时间", "备注"),
        "row in rows",
        tuple(f"{{{{ row.{name} }}}}" for name in ("number", "name", "unit", "title", "formed_on", "remark")),
        (12, 20, 33, 45, 34, 12),
    )
    line(document, "{%p if left %}", indent=False)
    line(document, "{{ left }}", indent=False)
    line(document, "{%p endif %}", indent=False)
    line(document, "{%p if received_by %}", indent=False)
    line(document, "签收人：{{ received_by }}", indent=False)
    line(document, "{%p endif %}", indent=False)
    signatures(document, (("移交人（签字）：", 52), ("接收人（签字）：", 52), ("接收单位（盖章）：", 52)))
    return document


def resume() -> Any:
    document = base(numbered=True)
    title(document, "简　历")
    facts(
        document,
        (("姓名", "{{ trainee }}", "单位", "{{ unit }}"), ("档案编号", "{{ file_number }}", "职务", "{{ post }}")),
        (24, 54, 24, 54),
    )
    line(document, "", indent=False)
    line(document, "{%p for line in lines %}", indent=False)
    line(document, "{{ line.period }}\t{{ line.text }}", indent=False, hanging=9)
    line(document, "{%p for part in line.within %}", indent=False)
    line(document, "\t{{ part }}", indent=False, hanging=9)
    line(document, "{%p endfor %}", indent=False)
    line(document, "{%p endfor %}", indent=False)
    line(document, "", indent=False)
    line(document, "", indent=False)
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    line(document, "{{ dated }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    return document


PERSON = (
    ("姓名", "{{ trainee }}", "性别", "{{ sex }}"),
    ("出生年月", "{{ born }}", "学历学位", "{{ education }}"),
    ("单位", "{{ unit }}", "人员身份", "{{ status }}"),
    ("报到时间", "{{ since_arrival }}", "期满时间", "{{ until }}"),
)


def optional(document: Any, name: str, text: str) -> None:
    """A line that stands only where `name` says something."""
    line(document, f"{{%p if {name} %}}", indent=False)
    line(document, text)
    line(document, "{%p endif %}", indent=False)


def probation_assessment() -> Any:
    document = base(numbered=True)
    title(document, "试用期人员考核登记表")
    facts(document, PERSON, (24, 54, 24, 54))
    line(document, "", indent=False)
    heading(document, "一、{{ training }}")
    line(document, "{{ induction }}")
    heading(document, "二、本人总结")
    listed(document, "line", "summary")
    heading(document, "三、所在单位意见")
    listed(document, "line", "opinion")
    optional(document, "missing", "本人总结或所在单位意见缺少的原因：{{ missing }}")
    heading(document, "四、考核结论")
    listed(document, "line", "comment")
    line(document, "考核结果：{{ conclusion }}")
    optional(document, "reason", "原因：{{ reason }}")
    optional(document, "document", "文件：{{ document }}")
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    signatures(document, (("本人（签字）：", 49), ("所在单位（盖章）：", 56), ("组织部（盖章）：", 51)))
    return document


def probation_grading() -> Any:
    document = base(numbered=True)
    title(document, "{{ act }}呈批表")
    facts(document, PERSON, (24, 54, 24, 54))
    line(document, "", indent=False)
    heading(document, "一、试用期考核结果")
    line(document, "{{ assessed }}")
    heading(document, "二、{{ act }}意见")
    line(document, "{{ wanted }}。")
    line(document, "{{ since_of }}自{{ since }}起计算。")
    optional(document, "why", "{{ why }}")
    heading(document, "三、组织部意见")
    listed(document, "line", "comment")
    heading(document, "四、{{ act }}文件")
    line(document, "{{ document }}")
    line(document, "{{ department }}", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=2)
    signatures(document, (("经办（签字）：", 52), ("审核（签字）：", 52), ("签批（签字）：", 52)))
    return document


def talk() -> Any:
    document = base(numbered=True)
    line(document, "谈心谈话登记表", XIAOBIAOSONG, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    facts(
        document,
        (
            ("谈话对象", "{{ trainee }}", "单位", "{{ unit }}"),
            ("职务", "{{ post }}", "到村任职", "{{ village }}"),
            ("谈话类型", "{{ kind }}", "谈话情形", "{{ occasion }}"),
            ("时间", "{{ time }}", "地点", "{{ place }}"),
        ),
        (24, 54, 24, 54),
    )
    spanning = (("谈话人", "{{ interviewer }}"), ("结对导师", "{{ mentors }}"), ("谈话主题", "{{ topics }}"))
    facts(document, spanning, (24, 132))
    boxes(document, (("谈话内容（限定知悉）", "content", 38), ("本人态度和意见（限定知悉）", "response", 20)))
    line(document, "问题诉求办理", size=PAGE, indent=False)
    rows_of(
        document,
        ("问题诉求", "承办单位（经办人）", "答复期限", "办理情况", "回访日期"),
        "one in problems",
        tuple(f"{{{{ one.{name} }}}}" for name in ("text", "handled_by", "due", "answer", "revisited")),
        (44, 34, 26, 26, 26),
        height=10,
    )
    signatures(document, (("谈话人（签字）：", 78), ("记录人（签字）：", 78)))
    return document


def minutes() -> Any:
    document = base(numbered=True)
    title(document, "{{ title }}")
    facts(
        document,
        (
            ("时间", "{{ time }}", "地点", "{{ place }}"),
            ("主持", "{{ chair }}", "组织单位", "{{ unit }}"),
        ),
        (16, 72, 24, 44),
    )
    line(document, "", indent=False)
    line(document, "到会：{{ present }}。")
    line(document, "请假：{{ excused }}。缺席：{{ absent }}。")
    line(document, "其他参会人员：{{ guests }}。")
    heading(document, "一、议程")
    listed(document, "item", "agenda")
    heading(document, "二、会议情况")
    listed(document, "line", "minutes")
    heading(document, "三、发言摘要")
    listed(document, "said", "remarks")
    heading(document, "四、意见建议和办理")
    listed(document, "raised", "problems")
    return document


def briefing() -> Any:
    """A 简报 has its own head and foot (demo-texts B17)."""
    document = base(numbered=True)
    mast = line(document, "年轻干部工作简报", XIAOBIAOSONG, size=MAST, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    mast.paragraph_format.line_spacing = Pt(58)
    mast.runs[0].font.color.rgb = RGBColor.from_string(RED)
    line(document, "{{ serial }}", KAI, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    by = line(document, "{{ department }}编\t{{ day }}", indent=False, align=WD_ALIGN_PARAGRAPH.LEFT)
    by.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    ruled(by, "bottom", RED)
    line(document, "内部资料　注意保管", HEI, indent=False)
    line(document, "", indent=False)
    line(document, "{{ title }}", XIAOBIAOSONG, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    line(document, "", indent=False)
    line(document, "{%p for part in parts %}", indent=False)
    led(document, "{{ part.head }}", "{{ part.text }}")
    line(document, "{%p endfor %}", indent=False)
    line(document, "", indent=False)
    ruled(line(document, "报：{{ reported_to }}", indent=False, hanging=2), "top", "000000", 6)
    line(document, "送：{{ sent_to }}", indent=False, hanging=2)
    copies = line(document, "（共印 {{ copies }} 份）", align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False, right=1)
    ruled(copies, "bottom", "000000", 6)
    annex = line(document, "附：数字及统计口径", HEI, indent=False)
    annex.paragraph_format.page_break_before = annex.paragraph_format.keep_with_next = True
    line(document, "统计期间：{{ period }}", indent=False)
    heads, cells = ("项目", "数量", "统计口径"), ("{{ row.label }}", "{{ row.number }}", "{{ row.rule }}")
    rows_of(document, heads, "row in rows", cells, (52, 26, 78))
    line(document, "注：{{ rules }}", indent=False)
    return document


PAPERS: dict[str, Callable[[], Any]] = {
    "cadre_app/mentorship/word/agreement.docx": agreement,
    "cadre_app/mentorship/word/letter.docx": letter,
    "cadre_app/mentorship/word/report.docx": report,
    "cadre_app/training/word/certificate.docx": certificate,
    "cadre_app/assignments/word/term_review.docx": term_review,
    "cadre_app/evaluation/word/result.docx": evaluation_result,
    "cadre_app/people/word/resume.docx": resume,
    "cadre_app/handover/word/sheet.docx": handover_sheet,
    "cadre_app/probation/word/assessment.docx": probation_assessment,
    "cadre_app/probation/word/grading.docx": probation_grading,
    "cadre_app/care/word/talk.docx": talk,
    "cadre_app/care/word/minutes.docx": minutes,
    "cadre_app/briefings/word/briefing.docx": briefing,
    "cadre_app/appointment/word/form.docx": appointment_form,
}


def content(make: Callable[[], Any]) -> bytes:
    """The file with one date for all its parts, so that the same words make the same bytes."""
    raw, target = io.BytesIO(), io.BytesIO()
    make().save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            new.writestr(zipfile.ZipInfo(name, STAMP), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main() -> int:
    made = {ROOT / name: content(make) for name, make in PAPERS.items()}
    if "--check" in sys.argv:
        wrong = [path.name for path, data in made.items() if not path.exists() or path.read_bytes() != data]
        print("word templates: " + (f"differ: {', '.join(wrong)}" if wrong else "as made"))
        return 1 if wrong else 0
    for path, data in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
