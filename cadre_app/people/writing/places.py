"""A unit as papers name it that go beyond the district: 临澜市望屿区梧岭镇."""

from cadre_app.policy.values import CORE_CITY_NAME, CORE_DISTRICT_NAME


def full_place(unit: str) -> str:
    """The name with district and city before it; 区委组织部 says its district itself: 望屿区委组织部."""
    city, district = CORE_CITY_NAME.now(), CORE_DISTRICT_NAME.now()
    if city and unit.startswith(city):
        return unit
    if not unit.startswith(district):
        unit = f"{district.removesuffix(unit[:1])}{unit}"
    return f"{city}{unit}"
