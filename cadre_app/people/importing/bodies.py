"""Full names of what is spoken of by its place: 中共梧岭镇委员会, 梧岭镇党委, 共青团望屿区委员会, and names of units elsewhere."""

import re

# Parties and their like stand before the place: 中共望屿区委组织部.
BEFORE = re.compile(r"(?:中国共产党|中共|中国人民政治协商会议|政协)(?=.)")
LEAGUE = re.compile(r"(?:中国共产主义青年团|共青团)(?P<place>.+?)(?:委员会|委)?")
OF_TOWN = re.compile(r"(?P<place>.+?)(?:党委|党工委|委员会|工作委员会|委|工委|人民政府|政府|办事处)")
OF_VILLAGE = re.compile(
    r"(?P<place>.+?)(?:党支部|党总支|党委|支部委员会|总支部委员会|委员会|民委员会|居民委员会|居委会|委会|两委)"
)
ORGAN = r"(?:委员会|[常管]委会|委|局|厅|(?<!干)部|办公室|办|院|中心|政府|党校|公司|集团)(?![长会员])"
# 市财政局, but no 市场监管 and no 区委常委: a post without a place begins with these, too.
ABOVE = r"(?:市(?!场|容|民|区|长|级|值|政(?!府|协))|省(?!级|长)|县(?!级|长|域)|区(?![域间划位块段级长直]|委[委常书副]))"
ELSEWHERE = r"(?:(?!副|常务)[\u4e00-\u9fff]){2,3}(?:省|(?<!城)市|县|(?<![园社片辖景城郊校小学街林库矿])区|(?<![城乡])镇|(?<!城)乡|街道)(?![长级镇村])"
NAMED = re.compile(
    rf"(?P<unit>(?:中共|共青团)?(?:{ABOVE}[^，、,;；\s（(]*{ORGAN}"
    rf"|{ELSEWHERE}(?:[^，、,;；\s（(]*{ORGAN}|(?=[副党人纪]))))(?=.)"
)


def place_of_league(text: str) -> str:
    """望屿区 of 共青团望屿区委员会; empty for all else."""
    return match["place"] if (match := LEAGUE.fullmatch(text)) else ""


def without_party(text: str) -> str:
    """望屿区委组织部 of 中共望屿区委组织部, and of 中共望屿区委员会组织部."""
    rest = BEFORE.sub("", text, count=1) if BEFORE.match(text) else text
    return rest if rest == text else re.sub(r"(?<=[市县区])委员会(?=.)", "委", rest, count=1)


def unit_elsewhere(text: str, city: str) -> str:
    """The unit with whose name a post begins, where it looks like one: 市财政局 of 市财政局副局长."""
    if city and text.startswith(city) and len(text) > len(city):
        match = re.match(rf"{re.escape(city)}[^，、,;；\s（(]*{ORGAN}(?=.)", text)
        return match[0] if match else city
    return match["unit"] if (match := NAMED.match(text)) else ""
