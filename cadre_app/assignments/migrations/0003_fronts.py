"""The six fronts with their tasks (PRODUCT.md, row 5; the department's list of tasks)."""

import uuid

from django.db import migrations

SPACE = uuid.UUID("6f1d9a3e-52c4-4d5e-9a43-0f6b8f6c2b11")
FRONTS = (
    (
        "headquarters",
        "项目建设指挥部",
        "Project construction headquarters",
        (
            "包干征迁入户与协议签订",
            "项目用地、林地报批材料跟踪",
            "周进度调度会记录与督促",
            "施工与村民矛盾协调",
            "征地补偿资金台账核对",
        ),
    ),
    (
        "investment",
        "招商引资办公室",
        "Investment promotion office",
        (
            "招商线索收集与研判",
            "企业来访接待与选址陪同",
            "项目落地手续帮办",
            "产业链招商材料编写",
            "已签约项目跟踪服务",
        ),
    ),
    (
        "relief",
        "抢险救灾第一线",
        "Disaster relief",
        (
            "受灾群众转移安置登记",
            "24小时值班与信息报送",
            "物资领用与发放台账",
            "灾情核查与损失统计",
            "灾后恢复与房屋安全排查",
        ),
    ),
    (
        "revitalisation",
        "乡村振兴主战场",
        "Rural revitalisation",
        ("防止返贫监测走访", "集体经济项目推进", "高标准农田建设协调", "人居环境整治片区联络", "农村“三资”清理核对"),
    ),
    (
        "petitions",
        "信访维稳最前沿",
        "Petitions and stability",
        ("来访接待与登记", "初信初访办理跟踪", "政策解释与答复意见起草", "矛盾纠纷排查月报", "回访与群众满意情况了解"),
    ),
    (
        "hygiene",
        "创城创卫练兵场",
        "City and hygiene drives",
        (
            "背街小巷整治片区联络",
            "门前责任区公示与复查",
            "农贸市场秩序与食品安全巡查",
            "志愿服务组织",
            "问题整改台账销号",
        ),
    ),
)


def add(apps, schema_editor):
    fronts, tasks = (apps.get_model("assignments", name) for name in ("Front", "FrontTask"))
    for order, (key, name_zh, name_en, texts) in enumerate(FRONTS, start=1):
        front = fronts.objects.create(pk=uuid.uuid5(SPACE, key), key=key, name_zh=name_zh, name_en=name_en, order=order)
        tasks.objects.bulk_create(
            tasks(pk=uuid.uuid5(SPACE, f"{key} {text}"), front=front, text=text, order=number)
            for number, text in enumerate(texts, start=1)
        )


class Migration(migrations.Migration):
    replaces = [("assignments", "0016_postings_from_paper")]

    dependencies = [("assignments", "0002_rules")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
