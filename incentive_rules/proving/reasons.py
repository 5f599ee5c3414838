"""Why the calculus claims nothing of a term, in both languages."""

from __future__ import annotations

from ..base.words import both

OPPOSITE = both("its parts move in opposite directions", "各部分的变化方向相反")
FACTOR = both("a factor that may be above or below 0", "有一个因数可正可负")
DIVISOR = both("the divisor or the numerator may be above or below 0", "除数或被除数可正可负")
POWER = both("an even power of what may be above or below 0", "可正可负的数的偶次方")
MAGNITUDE = both("the magnitude of what may be above or below 0", "可正可负的数的绝对值")
WORDS = both("a word that changes is used in a way that has no order", "变化的词没有高低次序")
EQUALITY = both("it asks whether something that moves is equal to something", "判断一个会变的数是否相等")
CHOICE = both(
    "which branch holds changes, and neither branch is always the larger", "所走的分支会变，而两个分支没有一个总是更大"
)
STANDS_IN = both("what stands in for a missing value may be larger or smaller", "替代缺失值的数可能更大，也可能更小")
TABLE = both("the table goes up and down", "表中的结果时高时低")
TABLE_HOLES = both("the table has a missing result", "表中有缺失的结果")
WEIGHTS = both("its weights move", "权重会变")
NEGATIVE_WEIGHT = both("a weight may be below 0", "权重可能小于 0")
REWEIGHED = both(
    "weights are shared out again when a part becomes known or missing", "某项变为已知或缺失时，权重要重新分摊"
)
ADJUSTMENT = both("an adjustment acts against the direction", "有一项调整与方向相反")
ROWS = both("rows come and go against their values", "参与汇总的行增减，与其数值的方向不一致")
ROWS_MOVE = both("rows move in opposite directions", "各行的变化方向相反")
ORDER = both("the order of rows changes", "行的次序会变")
VARIANCE = both("a spread goes up or down", "离散程度可升可降")
RIVALS = both("one's own values and those of the others move together", "本人与其他人的数值同向变化")
POOL = both(
    "one's weight, those of the others and the pool move together", "本人的份额、其他人的份额与池的总额同时变化"
)
CENT = both("the last cent of a pool may go either way", "奖金池的最后一分可能增减")
AGAINST = both("it moves against what is better", "变化方向与“更好”相反")
OUT_OF_SCOPE = both("who does better may no longer be in scope", "做得更好的人可能不再属于适用范围")
NO_WAY = both("it reads a fact of work that has no better direction", "它读取了一项没有更好方向的工作数据")
MANY_WORDS = both("its words are too many, or none are listed", "可取的词太多，或没有列出")
NOT_SEARCHED = both("it takes a pair of people to decide, and none was searched for", "要靠一对人来判定，而没有搜索")
NOBODY = both("it takes people to decide, and none could be made who are in scope", "要靠人来判定，而造不出适用的人")
REPLAYED = both("by two worlds, replayed by the engine and by the referee", "两种情形，经引擎与复核引擎重算")
