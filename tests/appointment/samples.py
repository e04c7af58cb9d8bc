"""Files as other programs write them; all people and places are fictional."""

THIRD_PARTY = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<Person xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <XingMing>陈嘉穗</XingMing>
  <XingBie>女</XingBie>
  <ChuShengNianYue>1999.08</ChuShengNianYue>
  <MinZu>汉族</MinZu>
  <JiGuan>临澜望屿</JiGuan>
  <ChuShengDi>临澜望屿</ChuShengDi>
  <RuDangShiJian>20190612</RuDangShiJian>
  <CanJiaGongZuoShiJian>2022-08</CanJiaGongZuoShiJian>
  <JianKangZhuangKuang>健康</JianKangZhuangKuang>
  <ZhuanYeJiShuZhiWu />
  <ShuXiZhuanYeYouHeZhuanChang>公共管理</ShuXiZhuanYeYouHeZhuanChang>
  <QuanRiZhiJiaoYu_XueLi>研究生</QuanRiZhiJiaoYu_XueLi>
  <QuanRiZhiJiaoYu_XueWei>公共管理硕士</QuanRiZhiJiaoYu_XueWei>
  <QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi>澜江大学公共管理学院公共管理专业</QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi>
  <QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi>澜江大学公共管理学院公共管理专业</QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi>
  <XianRenZhiWu>望屿区梧岭镇四级主任科员</XianRenZhiWu>
  <NiRenZhiWu />
  <NiMianZhiWu />
  <ZhengZhiMianMao>中共党员</ZhengZhiMianMao>
  <JianLi>2015.09—2019.07  澜江大学公共管理学院行政管理专业学习
2019.07--2022.06  澜江大学公共管理学院公共管理专业硕士研究生学习
2022.08——          临澜市望屿区梧岭镇四级主任科员
（其间：2025.03-2025.09在临澜市农业农村局
跟班学习）</JianLi>
  <JiangChengQingKuang>2024年度考核优秀，给予嘉奖。</JiangChengQingKuang>
  <NianDuKaoHeJieGuo>2023年：称职；2024年：优秀；2025年：称职</NianDuKaoHeJieGuo>
  <RenMianLiYou>工作需要</RenMianLiYou>
  <ShenFenZheng>350000199908154523</ShenFenZheng>
  <JiaTingChengYuan>
    <Item><ChengWei>父亲</ChengWei><XingMing>陈望海</XingMing><ChuShengRiQi>197103</ChuShengRiQi><ZhengZhiMianMao>群众</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>临澜市第二中学教师（退休）</GongZuoDanWeiJiZhiWu></Item>
    <Item><ChengWei>母亲</ChengWei><XingMing>周念慈</XingMing><ChuShengRiQi>1973年5月</ChuShengRiQi><ZhengZhiMianMao>中共党员</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>望屿区医院护士</GongZuoDanWeiJiZhiWu></Item>
    <Item><ChengWei /><XingMing /><ChuShengRiQi /><ZhengZhiMianMao /><GongZuoDanWeiJiZhiWu /></Item>
  </JiaTingChengYuan>
  <ChengBaoDanWei>中共望屿区委组织部</ChengBaoDanWei>
  <JiSuanNianLingShiJian>20261123</JiSuanNianLingShiJian>
  <TianBiaoShiJian>20261123</TianBiaoShiJian>
  <TianBiaoRen>严正平</TianBiaoRen>
  <ZhaoPian />
  <Version>3.2.1.6</Version>
</Person>
"""

OLD_FIELDS = [
    "陈嘉穗", "女", "199908", "汉族", "临澜望屿", "201906", "健康", "临澜望屿", "202208",
    "大学#管理学学士@研究生#公共管理硕士", "澜江大学行政管理专业#澜江大学行政管理专业@澜江大学公共管理专业#澜江大学公共管理专业",
    "助理工程师", "", "", "", "", "公共管理",
    "2015.09--2019.07  澜江大学行政管理专业学习\r\n2019.08--          临澜市望屿区梧岭镇四级主任科员",
    '获"优秀"嘉奖', "2024年：优秀；2025年：称职",
    "父亲@母亲", "陈望海@周念慈", "197103@197305", "群众@中共党员", "临澜市第二中学教师（退休）@望屿区医院护士",
    "望屿区梧岭镇四级主任科员", "望屿区梧岭镇党建办公室主任", "", "工作需要", "中共望屿区委组织部", "20261123", "严正平", "20261123",
]  # fmt: skip


def old_file(fields: list[str] | None = None) -> bytes:
    """A .lrm as the program before wrote it."""
    return (",".join(f'"{text}"' for text in fields or OLD_FIELDS) + "\r\n").encode("gbk")
