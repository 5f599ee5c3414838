"""The words that fields may hold, in both spellings."""

from __future__ import annotations

from ..pay import PAY_KINDS
from .entry import Vocabulary, Word

TBD = ("tbd", "待定")
MISSING = ("missing", "缺失")
FLAGS = {"true": True, "false": False, "是": True, "否": False}
FORMULA_FLAGS = {**FLAGS, "True": True, "False": False}  # formulas and their tables know Python's spelling as well
MEMBER = ("member", "成员")  # inside `repeat`: the member's own key, a category

STATUS = Vocabulary("status", (
    Word("draft", "草案", "may hold `tbd`; cannot be run", "可以写“待定”；不能运行",
         instead="拟定 初稿 拟稿 wip"),
    Word("example", "示例", "the numbers are invented; every printed page says so", "数字是示例；每页输出都会注明",
         instead="样例 演示 测试 demo sample test"),
    Word("active", "生效", "complete and in force", "完整并已生效",
         instead="正式 已生效 有效 执行 启用 发布 final live valid effective"),
))  # fmt: skip
LANGUAGE = Vocabulary("language", (
    Word("zh", "zh", "reports in Chinese", "用中文报告"),
    Word("en", "en", "reports in English", "用英文报告"),
))  # fmt: skip
PERIOD = Vocabulary("period", (
    Word("month", "月", instead="每月 月度 按月 monthly"),
    Word("quarter", "季度", instead="季 每季 每季度 按季 按季度 quarterly"),
    Word("half_year", "半年", instead="半年度 每半年 half-yearly semester"),
    Word("year", "年", instead="年度 每年 按年 yearly annual"),
))  # fmt: skip
ROUNDING = Vocabulary("rounding", (
    Word("half_up", "四舍五入", "to the nearest; a half away from zero", "取最近的；正好一半时远离零", told="half up"),
    Word("half_even", "银行家舍入", "to the nearest; a half to the even digit", "取最近的；正好一半时取偶数", told="half even"),
    Word("down", "去尾", "towards zero", "向零截断"),
    Word("up", "进位", "away from zero", "远离零进位"),
    Word("floor", "向下", "to the smaller number", "取较小的数", told="to the floor"),
    Word("ceiling", "向上", "to the larger number", "取较大的数", told="to the ceiling"),
))  # fmt: skip
BETTER = Vocabulary("better", (
    Word("higher", "越高越好", "more is better", "越多越好",
         instead="越大越好 越多越好 高 大 正向 高优 high up max larger more"),
    Word("lower", "越低越好", "less is better", "越少越好",
         instead="越小越好 越少越好 越短越好 低 小 负向 反向 低优 low down min smaller less"),
    Word("none", "不评价", "for information; no direction is promised", "仅供参考，不承诺方向",
         instead="无 不考核 中性 neither neutral"),
))  # fmt: skip
NEAR = ("near", "接近")  # `better: near 40`
GROUP_MISSING = Vocabulary("group_missing", (
    Word("reweigh", "按比例重分", "a missing part's weight goes to the known parts in proportion", "缺项的权重按比例分给其余各项",
         instead="重新分配 按比例 重分 按比例分配 reweight"),
    Word("zero", "记零", "a missing part counts as 0", "缺项按 0 分计", instead="0 零 零分 0分 记0"),
    Word("refuse", "整组缺失", "one missing part makes the whole missing", "有一项缺失则整组缺失"),
))  # fmt: skip
RELATIVE = Vocabulary("weights", (
    Word("relative", "相对", "weights are formulas and count in proportion to their sum", "权重是公式，按占合计的比例计"),
))  # fmt: skip
TYPE = Vocabulary("type", (
    Word("key", "编号", "tells people apart; kept as text", "用来区分人员，按文字保存",
         instead="工号 主键 id"),
    Word("category", "类别", "one of several words", "若干词之一",
         instead="文本 文字 字符串 枚举 分类 选项 text string str enum choice"),
    Word("integer", "整数", "a whole number", "整数", instead="整型 int whole"),
    Word("number", "数值", "a number with a fixed number of decimals", "有固定小数位的数",
         instead="数字 数 小数 decimal float real"),
    Word("money", "金额", "an amount in the scheme's currency", "以方案币种计的金额",
         instead="货币 钱 金钱 人民币 元 currency amount cash"),
    Word("boolean", "是否", "true or false", "是或否", instead="布尔 布尔值 是/否 bool flag yes/no"),
    Word("date", "日期", "a day, `2026-01-31`", "日期，如 2026-01-31"),
    Word("time", "时间", "a moment in whole minutes, `2026-01-31 08:30`", "时刻，精确到分钟，如 2026-01-31 08:30"),
))  # fmt: skip
QUANTITY_TYPE = Vocabulary("quantity_type", tuple(w for w in TYPE.words if w.english not in ("key", "time")))
TABLE_TYPE = Vocabulary("table_type", tuple(w for w in QUANTITY_TYPE.words if w.english != "date"))
PAY_KIND = Vocabulary("kind", tuple(
    Word(one.name, one.chinese, one.meaning_en, one.meaning_zh, instead=one.instead) for one in PAY_KINDS
))  # fmt: skip
CENTS = Vocabulary("cents", (
    Word("largest_remainder", "最大余数法", "left-over cents go to the largest remainders", "余下的分给余数最大者",
         instead="最大余额法 hamilton"),
    Word("webster", "最接近法", "shares are rounded to the nearest, with the divisor that spends the pool", "各份取最近的，调整除数使总额正好分完"),
    Word("keep_remainder", "余数留存", "shares are rounded down, the left-over cents stay in the pool", "各份去尾，余下的留在奖金池"),
))  # fmt: skip
LEFT_OUT = Vocabulary("left_out", (
    Word("shared", "分给其他人", "the part of those who take no part is shared by the others", "不参与者的一份由其他人分"),
    Word("kept", "留存", "the part of those who take no part stays in the pool", "不参与者的一份留在奖金池"),
))  # fmt: skip
REMAINDER = Vocabulary("remainder", (
    Word("keep", "留存", "what cannot be paid stays in the pool, and is stated", "分不掉的留在奖金池，并列明"),
    Word("refuse", "中止", "the run stops where something cannot be paid", "有分不掉的就停止运行"),
))  # fmt: skip
TIES = Vocabulary("ties", (
    Word("all", "全部授予", "everybody who shares the last place gets it", "并列者都得"),
    Word("none", "全部不授", "nobody who shares the last place gets it", "并列者都不得"),
    Word("refuse", "中止", "the run stops and asks for a decision", "停止运行，由人决定"),
))  # fmt: skip
GRADE_TIES = Vocabulary("grade_ties", (
    Word("all", "就高", "the whole tie gets the better grade", "并列者都得较好的等级"),
    Word("none", "就低", "the whole tie gets the worse grade", "并列者都得较差的等级"),
    Word("refuse", "中止", "the run stops and asks for a decision", "停止运行，由人决定"),
))  # fmt: skip
EMPTY_PLACES = Vocabulary("empty_places", (
    Word("stay_empty", "空缺", "places without a worthy person stay empty", "宁缺毋滥"),
))  # fmt: skip
PLACES_OF = Vocabulary("places_of", (
    Word("eligible", "合格者", "of those who meet `among`", "符合评选条件的人"),
    Word("group", "全组", "of all people of the group", "组内全部人员"),
))  # fmt: skip
ALL = Vocabulary("all", (Word("all", "全部"),))
PER = Vocabulary("per", (Word("one_step", "一格", "the smallest step that an input can take", "输入所能取的最小一格"),))
JUMP_OF = Vocabulary("jump_of", (
    Word("any", "任何", "any fact", "任何数据"),
    Word("work", "工作", "only facts that feed indicators", "只限影响指标的数据"),
))  # fmt: skip
SECTIONS = Vocabulary("sections", (
    Word("grades", "等级评定"), Word("pay", "薪酬"), Word("honors", "荣誉"), Word("entitlements", "权益"),
))  # fmt: skip
GAPS = Vocabulary("gaps", (
    Word("refuse", "中止", "a period of the year without a record stops the run", "本年有周期没有记录时停止运行"),
    Word("allow", "允许", "a period without a record has no row", "没有记录的周期没有这一行"),
))  # fmt: skip
WITHOUT_OWNER = Vocabulary("without_owner", (
    Word("refuse", "中止", "a row whose owner is not in the data stops the run", "归属对象不在数据中时停止运行"),
    Word("leave_out", "不计入", "such rows are left out, and counted", "这样的行不计入，只列出行数"),
))  # fmt: skip
SCALE = Vocabulary("scale", (
    Word("percent", "百分数", "the data write 63 or 63% for 0.63", "数据里用 63 或 63% 表示 0.63"),
))  # fmt: skip
READ = Vocabulary("read", (
    Word("nearest", "最接近", "a spreadsheet's 0.30000000000000004 is read as 0.3", "表格里的 0.30000000000000004 读作 0.3"),
))  # fmt: skip
CHANGES_INSIDE = Vocabulary("changes_inside", (
    Word("first_day", "首日", "the value of the period's first day holds for the whole period", "整个周期都用首日的值"),
))  # fmt: skip
EXACT = Vocabulary("exact", (Word("exact", "精确", "an exact fraction, never rounded", "精确分数，不舍入"),))

CHOICES = (
    STATUS, LANGUAGE, PERIOD, ROUNDING, BETTER, GROUP_MISSING, RELATIVE, TYPE, QUANTITY_TYPE, TABLE_TYPE, PAY_KIND, CENTS, LEFT_OUT,
    REMAINDER, TIES, GRADE_TIES, EMPTY_PLACES, PLACES_OF, ALL, PER, JUMP_OF, SECTIONS, GAPS, WITHOUT_OWNER, SCALE, READ, CHANGES_INSIDE, EXACT,
)  # fmt: skip
