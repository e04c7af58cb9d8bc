"""What the office begins with (demo-texts B13): directions, reviewers' criteria, names of prizes. All are changed in forms."""

DIRECTIONS = (
    "村级集体经济增收",
    "农村基层治理",
    "乡村文化建设",
    "撂荒地与粮食生产",
    "渔业转产转业",
    "农村养老互助",
    "返乡青年创业",
    "农村人居环境长效管护",
    "小微权力监督",
    "山区蔬菜品牌",
)
CRITERIA = (("问题真", 30), ("材料实", 30), ("分析透", 20), ("建议可行", 15), ("文风", 5))
PRIZE_NAMES = ("全市年轻干部国情调研优秀成果", "全区国情调研优秀报告", "到村任职选调生优秀调研报告")
