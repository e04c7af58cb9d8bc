"""Sand-table records: what two groups decided in the scenario of their course, and what the teacher said to it."""

from collections.abc import Iterable, Iterator

from cadre_app.accounts.models import User
from cadre_app.demo.training.catalogue import Catalogue
from cadre_app.people.services.bulk import write_many
from cadre_app.training.models import CourseSession, ExerciseRecord, Outcome

GROUPS = ("第一组", "第二组")
LATEST = 6
# Course: its scenario.
SCENARIO_OF = {
    "台风登陆前72小时": "台风登陆前",
    "强降雨与小流域山洪": "山洪与断路",
    "森林火情初期处置": "森林火情",
    "集体聚餐食品安全事件": "集体聚餐",
    "园区危化品泄漏疏散": "园区气味",
    "民俗活动大客流管控": "古厝消防",
    "集中反映诉求现场应对": "集中反映诉求",
    "渔船走锚与海上失联": "海上失联",
    "农村自建房险情排查": "自建房险情",
    "大面积停水停电保障": "停水保供",
    "动物疫情封控与补偿解释": "动物疫情",
    "网络舆情第一时间回应": "网络舆情",
}
# Scenario: of each group what it decided and what the teacher said to it.
RECORDS = {
    "台风登陆前": (
        (
            "46名养殖人员按渔排分四片，每片一名镇干部带船接应，先撤老弱。\n3户老人由村支书和子女一同上门，当晚在镇中学安置点过夜。",
            "分片清楚，还要逐人点名销号。",
        ),
        (
            "先定安置点和车辆，再通知撤离，避免群众到了没处去。\n劝离先讲风险和安置条件，再讲渔排看护由谁负责。",
            "劝离话术实在，撤离时限要写明到几点。",
        ),
    ),
    "山洪与断路": (
        (
            "孕妇转移排第一位：联系县道一侧救护车，村内用担架走后山小路接驳。\n村部开卫星电话，每半小时报一次水位和人数。",
            "优先次序正确，后山小路须先派人探路。",
        ),
        (
            "低洼处住户先转移到村小学，由党员包户带队。\n断路两端设人值守，禁止车辆和行人涉险通过。",
            "转移名单要和户籍名单核对，防止漏人。",
        ),
    ),
    "森林火情": (
        (
            "接报后立即上报区林业和应急部门，不等核实面积。\n村级扑火队只清理隔离带，不进山头。",
            "守住了不盲目上山的底线。",
        ),
        (
            "距火场最近的两个自然村先转移老人和儿童。\n路口设卡劝返祭扫人员，清点山上是否有人。",
            "考虑到祭扫人员较周全，风向变化时的撤退路线还要补上。",
        ),
    ),
    "集体聚餐": (
        (
            "先送医，轻重分开，指定专人陪护并登记名单。\n同步封存剩余食材和餐具，等市场监管部门取样。",
            "救治和封存同步进行，处理得当。",
        ),
        (
            "在村民群说明已就医人数和送检情况，结果以通报为准，不猜测原因。\n走访当天赴宴的其他人员，排查有无新增症状。",
            "回应及时，用语克制，可再说明咨询电话。",
        ),
    ),
    "园区气味": (
        (
            "请环保部门夜间到场监测，村里同时记录气味出现的时间和位置。\n监测结果出来前，先请下风向老人和儿童关窗暂避。",
            "用数据说话，避免与园区各执一词。",
        ),
        (
            "要求园区说明检修内容和物料，派联络员驻点。\n监测超标即按预案疏散，集合点设在上风向的村小学。",
            "疏散的触发条件写得明白。",
        ),
    ),
    "古厝消防": (
        (
            "先断电、再用灭火器和微型消防站控制火势，巷口清障保证消防车进入。\n游客由志愿者分两个方向疏导，不走同一条巷子。",
            "分流路线合理，广播词要提前备好。",
        ),
        (
            "入口暂停放行，巷内摊位停火撤气瓶。\n事后把充电点移到村口停车场，巷内禁停禁充写入村规民约。",
            "整改有落点，建议明确完成时限和责任人。",
        ),
    ),
    "集中反映诉求": (
        (
            "请23户推选5名代表到会议室谈，其余由包村干部陪同。\n能答复的当场答复，不能答复的列清单，注明牵头科室和答复日期。",
            "接待分组得当，承诺的日期必须兑现。",
        ),
        (
            "先听后答，专人记录附着物的种类和数量争议。\n三日内组织评估单位逐户复核，结果当面签字。",
            "抓住了争议焦点，复核前要公开补偿标准。",
        ),
    ),
    "海上失联": (
        (
            "立即报区海上搜救中心，提供船号、最后位置和船员电话。\n请同海域作业渔船就近搜寻。",
            "报告要素齐全，没有耽误时间。",
        ),
        (
            "家属由镇干部一对一陪同，每一小时通报一次进展。\n对外信息由一人统一口径，不转发未经核实的消息。",
            "家属安抚考虑细致，夜间交接班也要安排好。",
        ),
    ),
    "自建房险情": (
        (
            "11名务工人员先全部撤出，拉警戒线，禁止回屋取物。\n当晚安置在村文化活动中心，登记联系方式和用工单位。",
            "先撤人再议责任，次序正确。",
        ),
        (
            "请住建部门次日到场鉴定，鉴定前停水停电停气。\n同类出租房连夜排查一遍，建立台账。",
            "举一反三做得好，台账要写明复查日期。",
        ),
    ),
    "停水保供": (
        (
            "透析病人由社区逐户联系，安排到有水的医院；幼儿园用送水车保供。\n其余居民按楼栋定时定点取水。",
            "分级保供思路清楚，重点人员名单要提前掌握。",
        ),
        (
            "公告写明停水范围、预计恢复时间和取水点，每六小时更新一次。\n恢复供水后回访重点人群和投诉住户。",
            "公告要素完整，延时恢复时也要及时说明。",
        ),
    ),
    "动物疫情": (
        (
            "立即报区畜牧兽医部门，发现点先行隔离，人员车辆不进不出。\n检测结果出来前不自行处置、不对外定性。",
            "报告和隔离及时，守住了程序。",
        ),
        (
            "把补偿标准和申领流程印成一页纸，由村干部逐户讲解。\n封控期间的饲料和生活物资由镇里统一配送。",
            "政策解释到位，养殖户最关心的发放时间也要讲明。",
        ),
    ),
    "网络舆情": (
        (
            "一小时内找到当事老人、村干部和在场群众，调取完整视频。\n先发情况说明：已在核查，结果将公布。",
            "核查在前、表态在后，节奏把握得好。",
        ),
        (
            "镇领导上门看望老人，听取本人意见，征得同意后再公布经过。\n确有不当的当面道歉，属剪辑误导的公布完整视频。",
            "尊重当事人，回应不回避问题。",
        ),
    ),
}


def load_exercises(sessions: list[CourseSession], catalogue: Catalogue, actor: User) -> None:
    """Two groups in each of the latest sessions whose course plays one of the scenarios."""
    scenarios = {scenario.title: scenario for scenario in catalogue.scenarios}
    rows, members = [], []
    for session in _played(sessions):
        title = SCENARIO_OF[session.course.title]
        roster = list(session.enrolments.filter(outcome=Outcome.COMPLETED).order_by("trainee__file_number"))
        for half, (group, (decisions, remarks)) in enumerate(zip(GROUPS, RECORDS[title], strict=True)):
            row = ExerciseRecord(
                session=session, scenario=scenarios[title], group=group, decisions=decisions, remarks=remarks
            )
            rows.append(row)
            members += [(row, each) for each in roster[half::2]]
    write_many(rows, actor=actor, verb="training.exerciserecord.created", reason="")
    through = ExerciseRecord.members.through
    through._default_manager.bulk_create(through(exerciserecord=row, enrolment=each) for row, each in members)


def _played(sessions: Iterable[CourseSession]) -> Iterator[CourseSession]:
    found = [session for session in sessions if session.course.title in SCENARIO_OF and session.posted_at]
    yield from found[-LATEST:]
