"""干部任免审批表样例.lrmx: a form as another program writes it, about somebody of the fictional demo district.

Its elements stand in the order of PRODUCT.md, with two of that program's own behind them, which no form knows.
"""

PHOTO = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8yb"
    "qmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAEs"
    "APADASIAAhEBAxEB/8QAGgABAAIDAQAAAAAAAAAAAAAAAAQFAQIDBv/EADcQAQACAQIDBQQIBQUAAAAAAAABAgMEERIhMQUTIkFRNGGBsRUycX"
    "KRosHwI1JjoeEUM0LR8f/EABYBAQEBAAAAAAAAAAAAAAAAAAABAv/EABYRAQEBAAAAAAAAAAAAAAAAAAABEf/aAAwDAQACEQMRAD8AvAGmQAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGl81MfK1ufpAN"
    "xHtrI38NJmPfOzEayN+dJiPdIJI50z478onafSXQAAAAAAAAAAAAAAAAAAAAAAAmdo3noImqy8VuCs+GOvvkDNqZtM1pO1fXzlHAAAB2w6i2Pl"
    "Pir8nEBZ1tFqxNZ3iRB0+Xu7bTPhnqnAAAAAAAAAAAAAAAAAAAAA56jJ3eOdus8oQHfV23y8PlWHAAAAAAABM0mTipwT1r8kN001uHNX0nkCeA"
    "AAAAAAAAAAAAAAAAAACuyzvltO+/OWoAAAAAAAETtO8dQBZxO8bx0GuL/ap92GwAAAAAAAAAAAAAAAAAAK2YmJmJ6ww6Z44c149+7mAAAAAAAD"
    "NI4rxXpvOwLHHExjrE9YiGQAAAAAAAAAAAAAAAAAABF1tedb/CUZZZKRek1nzV1qzS01nrAMAAAAAAO+krvl4vKsOERvO0dVhhx91jivn1kG4A"
    "AAAAAAAAAAAAAAAAAADjqMPeRxV+tH93YBWTG07T1E/Lgrk59LeqJfBkp1rvHrAOYAA3pivk+rWdvXySsOnrTnbxW+QNdNg4fHfr5R6JAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAxalbTvasTPvgilIneKVifdDIAAAAAAAAAAAAAAAAAAAAAAAAAI+p1mLTxtM8V/5Y/X0VubtDPlmYrbu6+lf+wW2XPi"
    "wx/EyVr57ef4I9u1NPW0xEXtHrEKYXBZ/S/wDQ/P8A4Ppf+h+f/CsAXFe1cE7cVb1mevLeISMWpw5p2x5KzPp0n8HnwwelFHh1ufDERW/FWP8A"
    "jbmstNr8WeeGf4d/SZ6/ZKCUAAAAAAAAAAAAAAAABMxWJmZiIjnMyBMxWJmZiIjnMyrNZ2lM70088pjnfz+Dlr9bOee7x7xij8yEozMzaZmZmZ"
    "nnMywAAAAAAAAAJ+k7RvjmKZpm1P5p5zC1peuSkXpMTWekvNpOj1dtNfznHPWv6wC8GKXrkpF6TE1npLKAAAAAAAAAAAAAqe0tZGWe6xWngj60"
    "x0tKV2lqu4xcFJmMl/OJ6QplAAAAAAAAAAAAAAEvQav/AE+Ta8z3duvun1XUTFoiYmJiecTDzS17L1XFHcXmZmOdZmfL0BYAIAAAAAAAADXLkr"
    "ix2vbpWN2yt7Wz/VwVn32/SP37gQM+Wc2a2S3W0/g5goAAAAAAAAAAAAAANq2mlotWdpid4agPQ6bPXUYYyV5b9Y36S6KjsrP3eacVp8N+nun9"
    "/ot0AAAAAAAACZisTMzERHOZl57PlnNmtkt1tP4LjtLL3ekttvvfwx+/s3UawAAAAAAAAAAAAAAAAAAbVtNLRas7TE7w9DhyRlxUyRt4o3677P"
    "OLfsjLxYLY538E8vsn9yUTgEAAAAAAFT2vk4s9Kctq13+M/wDkIDvrbzfV5Znb60x+HJwUAAAAAAAAAAAAAAAAAAEvszJwayscoi0TWd0RtjvO"
    "PJW8bb1mJjcHowEAAAAAmYrEzMxERzmZHPVey5fuT8geeAUAAAAAAAAAAAAAAAAAAAAeg0kxOlxTExPgiP7OqN2b7Dj+PzlJQAAAAEbtL2HJ8P"
    "nCSjdpew5Ph84BRgKAAAAAAAAAAAAAAAAAAAALjsj2W335+UJqF2R7Lb78/KE1AAB//9k="
)
RESUME = (
    "2017.09--2021.06  南屿师范大学软件工程专业学习",
    "2021.09--2024.06  南屿师范大学软件工程专业硕士研究生学习",
    "2024.08--2025.08  望屿区澜桥街道试用期公务员（选调生）",
    "                  （其间：2025.01--2025.08挂任锦塘村党支部书记助理）",
    "2025.08--         望屿区澜桥街道社会事务办公室四级主任科员",
)
FAMILY = (
    ("父亲", "曾望山", "197102", "群众", "海州市第三中学教师"),
    ("母亲", "林素琴", "197306", "中共党员", "海州市人民医院主管护师（退休）"),
    ("妻子", "周若溪", "199911", "共青团员", "望屿区图书馆馆员"),
)
TEXTS = (
    ("XingMing", "曾砚秋"),
    ("XingBie", "男"),
    ("ChuShengNianYue", "199906"),
    ("MinZu", "汉族"),
    ("JiGuan", "海岳海州"),
    ("ChuShengDi", "海岳海州"),
    ("RuDangShiJian", "202205"),
    ("CanJiaGongZuoShiJian", "202408"),
    ("JianKangZhuangKuang", "健康"),
    ("ZhuanYeJiShuZhiWu", ""),
    ("ShuXiZhuanYeYouHeZhuanChang", "软件工程"),
    ("QuanRiZhiJiaoYu_XueLi", "研究生"),
    ("QuanRiZhiJiaoYu_XueWei", "工学硕士"),
    ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "南屿师范大学软件工程专业"),
    ("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", "南屿师范大学软件工程专业"),
    ("ZaiZhiJiaoYu_XueLi", ""),
    ("ZaiZhiJiaoYu_XueWei", ""),
    ("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", ""),
    ("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi", ""),
    ("XianRenZhiWu", "望屿区澜桥街道社会事务办公室四级主任科员"),
    ("NiRenZhiWu", "望屿区澜桥街道社会事务办公室副主任"),
    ("NiMianZhiWu", ""),
    ("JianLi", "\r\n".join(RESUME)),
    ("JiangChengQingKuang", "2024年12月，获望屿区“防汛防台风先进个人”。\r\n2025年度考核优秀，给予嘉奖。"),
    ("NianDuKaoHeJieGuo", "2024年：不确定等次（试用期）；2025年：优秀"),
    ("RenMianLiYou", "工作需要"),
    ("JiaTingChengYuan", ""),
    ("ChengBaoDanWei", "中共望屿区委组织部"),
    ("JiSuanNianLingShiJian", "20261123"),
    ("TianBiaoShiJian", "202611"),
    ("TianBiaoRen", "严正平"),
    ("ShenFenZheng", "990000199906080191"),
    ("ZhaoPian", PHOTO),
    ("Version", "3.2.1.6"),
)
ITEM = ("ChengWei", "XingMing", "ChuShengRiQi", "ZhengZhiMianMao", "GongZuoDanWeiJiZhiWu")
UNKNOWN = (("ZhengZhiMianMao", "中共党员"), ("ZhiJi", "四级主任科员"))


def sample_form(*, unknown: bool = True) -> bytes:
    """The file; without its two unknown elements it is what our own program writes, byte for byte."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<Person>"]
    for name, text in TEXTS:
        lines += _family() if name == "JiaTingChengYuan" else [f"  <{name}>{text}</{name}>"]
    if unknown:
        lines += [f"  <{name}>{text}</{name}>" for name, text in UNKNOWN]
    return "\r\n".join([*lines, "</Person>"]).encode()


def _family() -> list[str]:
    rows = ["  <JiaTingChengYuan>"]
    for row in FAMILY:
        texts = [f"      <{name}>{text}</{name}>" for name, text in zip(ITEM, row, strict=True)]
        rows += ["    <Item>", *texts, "    </Item>"]
    return [*rows, "  </JiaTingChengYuan>"]
