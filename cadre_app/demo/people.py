"""The eleven demo accounts (demo texts B3). All people are fictional."""

from dataclasses import dataclass

from cadre_app.accounts.models import AccountKind
from cadre_app.core.roles import Role


@dataclass(frozen=True)
class DemoAccount:
    """`unit` and `role_unit` name units of demo.places; an administrator role is held without a unit."""

    username: str
    display_name: str
    unit: str
    post: str
    kind: str
    role: str = ""
    role_unit: str = ""


@dataclass(frozen=True)
class DemoRequest:
    """An account that staff have asked for and that waits for the security administrator."""

    display_name: str
    username: str
    unit: str
    post: str
    kind: str
    reason: str
    role: str = ""
    role_unit: str = ""


ACCOUNTS = (
    DemoAccount("staff", "程昱晗", "区委组织部", "干部科科员", AccountKind.OFFICE, Role.STAFF, "望屿区"),
    DemoAccount("leader", "沈亦文", "区委组织部", "副部长（分管干部）", AccountKind.OFFICE, Role.LEADER, "望屿区"),
    DemoAccount("chief", "方秉廉", "区委组织部", "干部科科长", AccountKind.OFFICE, Role.LEADER, "望屿区"),
    DemoAccount("liaison", "邱明湛", "梧岭镇", "党委组织委员", AccountKind.OFFICE, Role.LIAISON, "梧岭镇"),
    DemoAccount("trainer", "温绍儒", "区委党校", "教研室主任", AccountKind.TRAINER),
    DemoAccount("mentor.head", "庄世恒", "梧岭镇", "党委书记", AccountKind.MENTOR),
    DemoAccount("mentor.village", "吴茂林", "梧头村", "党支部书记", AccountKind.MENTOR),
    DemoAccount("trainee", "林知远", "梧岭镇", "试用期公务员（选调生）", AccountKind.TRAINEE),
    DemoAccount("secadmin", "何守谦", "区委组织部", "安全管理员", AccountKind.ADMINISTRATOR, Role.SECURITY),
    DemoAccount("auditadmin", "严明鉴", "区委组织部", "审计管理员", AccountKind.ADMINISTRATOR, Role.AUDIT),
    DemoAccount("sysadmin", "卫长河", "区委组织部", "系统管理员", AccountKind.ADMINISTRATOR, Role.SYSTEM),
)

REQUESTED = (
    DemoRequest(
        "叶素真",
        "yesuzhen",
        "石埕镇",
        "党委组织委员",
        AccountKind.OFFICE,
        "新任联络员，负责本镇人员情况填报",
        Role.LIAISON,
        "石埕镇",
    ),
    DemoRequest("张清泉", "zhangqingquan", "茶亭村", "党总支书记", AccountKind.MENTOR, "担任群众工作导师"),
    DemoRequest(
        "俞克勤",
        "yukeqin",
        "区农业农村局",
        "办公室主任",
        AccountKind.OFFICE,
        "区直单位联络员",
        Role.LIAISON,
        "区农业农村局",
    ),
)

FEEDBACK = (
    ("mentor.village", "字号能不能记住，下次打开还是大字。", "已改：在“我的账号”选定字号后，下次登录照此显示。"),
    ("liaison", "希望单位名录能直接打印本镇各村名单。", ""),
)

# By whom, about whom, which section, what, why, and the answer of staff: taken over, or left waiting.
PROPOSED = (
    (
        "trainee",
        "林知远",
        "identity",
        {"birth_place": "临澜望屿", "specialty": "公文写作、数据分析"},
        "本人核对基本信息",
        "",
    ),
    ("liaison", "陈嘉穗", "contacts", {"phone": "13900001002"}, "本人更换手机号码", ""),
    (
        "liaison",
        "解思源",
        "identity",
        {"technical_post": "助理工程师"},
        "已取得职称证书，原件已核",
        "与证书原件核对一致。",
    ),
)
