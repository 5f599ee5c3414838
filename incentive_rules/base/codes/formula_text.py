"""Codes about the characters of one formula: marks, names, numbers, quoted texts."""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

_CHARACTERS: tuple[Code, ...] = (
    Code(
        "formula-mark",
        Severity.ERROR,
        Wording("`{written}` is a full-width or typographic mark", "write `{meant}` (`--fix` does it)"),
        Wording("`{written}` 是全角或排版符号", "改成 `{meant}`（--fix 可自动改）"),
        "Formulas use the plain marks of the keyboard, so that two formulas that look alike are alike.",
        "公式只用半角符号，看上去一样的公式才真的一样。",
        "quantities:\n  x: 100 if complaints ≥ 3 else 0",
        "quantities:\n  x: 100 if complaints >= 3 else 0",
    ),
    Code(
        "formula-space",
        Severity.ERROR,
        Wording("{character} is not a plain space", "write a plain space (`--fix` does it)"),
        Wording("{character} 不是普通空格", "改成半角空格（--fix 可自动改）"),
        "Full-width and unbreakable spaces come from input methods and web pages, and cannot be seen.",
        "全角空格和不换行空格来自输入法或网页，肉眼看不出来。",
        'quantities:\n  x: "complaints\\u3000+ 1"',
        "quantities:\n  x: complaints + 1",
    ),
    Code(
        "formula-control",
        Severity.ERROR,
        Wording("the formula holds the control character {character}", "remove it"),
        Wording("公式里有控制字符 {character}", "删去它"),
        "Control characters can hide text from the reader.",
        "控制字符会让一部分文字看不见。",
    ),
    Code(
        "formula-invisible",
        Severity.ERROR,
        Wording("the formula holds the invisible character {character}", "remove it (`--fix` does it)"),
        Wording("公式里有看不见的字符 {character}", "删去它（--fix 可自动改）"),
        "What a reviewer reads must be what is computed.",
        "审核的人看到的，必须就是实际计算的。",
        variants={
            "direction": (
                Wording("{character} turns the direction of reading", "remove it and read the formula again"),
                Wording("{character} 会改变文字的显示方向", "删去它，再把公式重读一遍"),
            ),
        },
    ),
    Code(
        "formula-character",
        Severity.ERROR,
        Wording("`{character}` has no meaning in a formula", "remove it, or quote it if it belongs to a text"),
        Wording("`{character}` 在公式里没有意义", "删去它；若属于文字，请把文字加上引号"),
        "A formula is made of names, numbers, quoted texts and a few marks.",
        "公式只由名称、数、加引号的文字和少数符号组成。",
        "quantities:\n  x: complaints ★ 2",
        "quantities:\n  x: complaints * 2",
    ),
    Code(
        "formula-currency",
        Severity.ERROR,
        Wording("`{character}` does not stand in a formula", "write the bare number; the currency is declared once"),
        Wording("公式里不写货币符号 `{character}`", "只写数字；币种在方案里统一写一次"),
        "A scheme has one currency, and money is a type, not a sign.",
        "一个方案只有一种货币；金额是类型，不靠符号。",
        "quantities:\n  x: complaints * ¥100",
        "quantities:\n  x: complaints * 100",
    ),
    Code(
        "formula-comment",
        Severity.ERROR,
        Wording("a formula has no comment inside", "put `# ...` outside the quotes, on a line of its own"),
        Wording("公式里面不能写注释", "把 `# …` 写到引号外面，另起一行"),
        "What stands inside a formula is computed, all of it.",
        "公式里写的每个字都参与计算。",
        'quantities:\n  x: "complaints + 1  # late ones too"',
        "quantities:\n  # late ones too\n  x: complaints + 1",
    ),
    Code(
        "formula-backslash",
        Severity.ERROR,
        Wording("a backslash has no meaning in a formula", "divide by `/`; a formula may go on on the next line without a mark"),
        Wording("公式里没有反斜杠", "除法用 `/`；公式换行不需要任何符号"),
        "A line break inside a formula is a space.",
        "公式中的换行等于空格。",
        "quantities:\n  x: complaints \\ 2",
        "quantities:\n  x: complaints / 2",
    ),
)

_WORDS: tuple[Code, ...] = (
    Code(
        "formula-name",
        Severity.ERROR,
        Wording("`{name}` is not a name", "a name is letters, digits and `_`, begins with a letter and has no spaces"),
        Wording("`{name}` 不能作名称", "名称由文字、数字和 `_` 组成，以文字开头，中间没有空格"),
        "Two names that look alike are one name; a name reads the same on every machine.",
        "看上去一样的名称就是同一个名称，在哪台机器上都一样。",
        "quantities:\n  x: ｃomplaints + 1",
        "quantities:\n  x: complaints + 1",
        {
            "long": (
                Wording("a name has more than {most} characters: `{name}`", "choose a shorter one, and put the rest into `title`"),
                Wording("名称超过 {most} 个字符：`{name}`", "换一个短的，全称写在 `标题` 里"),
            ),
            "underscore": (
                Wording("`{name}` begins with an underscore", "begin the name with a letter"),
                Wording("`{name}` 以下划线开头", "名称要以文字开头"),
            ),
            "form": (
                Wording("`{name}` holds letters of an unusual form", "write `{plain}` (`--fix` does it)"),
                Wording("`{name}` 里有全角字母或特殊写法的文字", "写成 `{plain}`（--fix 可自动改）"),
            ),
            "mixed": (
                Wording("`{name}` mixes Latin letters with one that only looks Latin: {character}", "type the name again"),
                Wording("`{name}` 里混有看上去像英文字母的别种字母：{character}", "把这个名称重新输入一遍"),
            ),
        },
    ),
    Code(
        "formula-number",
        Severity.ERROR,
        Wording("`{number}` is not a number", "write digits, and at most one decimal point: `1200.50`"),
        Wording("`{number}` 不是数", "写成 `1200.50` 这样：数字，最多一个小数点"),
        "Numbers have one spelling; each is read exactly as it is written.",
        "数只有一种写法，怎么写就怎么算。",
        "quantities:\n  x: complaints * 1e3",
        "quantities:\n  x: complaints * 1000",
        {
            "zeros": (
                Wording("`{number}` begins with a needless 0", 'write `{plain}`; a category is quoted: `"{number}"`'),
                Wording("`{number}` 前面有多余的 0", '写 `{plain}`；若是类别，加引号：`"{number}"`'),
            ),
            "point": (
                Wording("`{number}` lacks digits beside the point", "write digits on both sides of the point: `0.5`"),
                Wording("`{number}` 的小数点一边没有数字", "小数点两边都要有数字：`0.5`"),
            ),
            "exponent": (
                Wording("`{number}` is written with an exponent", "write all its digits"),
                Wording("`{number}` 用了科学记数法", "把各位数字写全"),
            ),
            "base": (
                Wording("`{number}` is hexadecimal, octal or binary notation", "write the number with ordinary digits"),
                Wording("`{number}` 是十六进制、八进制或二进制的写法", "改用普通数字"),
            ),
            "underscore": (
                Wording("`{number}` holds an underscore", "write the digits without a mark between them"),
                Wording("`{number}` 中间有下划线", "数字之间不加任何符号"),
            ),
            "long": (
                Wording("a number has {digits} digits, {most} are allowed", "write fewer"),
                Wording("一个数有 {digits} 位数字，最多 {most} 位", "少写几位"),
            ),
        },
    ),
    Code(
        "formula-thousands",
        Severity.ERROR,
        Wording("`{number}` is written with thousands separators", "write `{plain}`"),
        Wording("`{number}` 带了千分位", "写 `{plain}`"),
        "A comma separates the arguments of a function: `1,000` would be two numbers.",
        "逗号用来隔开函数的各项，`1,000` 会变成两个数。",
        'quantities:\n  x: "complaints * 1,000"',
        "quantities:\n  x: complaints * 1000",
    ),
    Code(
        "formula-glued",
        Severity.ERROR,
        Wording("`{word}` is glued to the number `{number}`", "put a space between them"),
        Wording("`{word}` 和数字 `{number}` 连在了一起", "中间加一个空格"),
        "A word begins after a space; a unit is declared, and not written into a formula.",
        "词前面要有空格；单位在别处写明，不写进公式。",
        "quantities:\n  x: 1if complaints > 0 else 0",
        "quantities:\n  x: 1 if complaints > 0 else 0",
        {
            "unit": (
                Wording("`{word}` is glued to the number `{number}`", "a unit does not stand in a formula; multiply by `*`"),
                Wording("数字 `{number}` 后面直接写了 `{word}`", "公式里不写单位；相乘用 `*`"),
            ),
        },
    ),
    Code(
        "formula-percent",
        Severity.ERROR,
        Wording("`%` stands only directly behind a number", "write `5%`; there is no remainder of a division"),
        Wording("`%` 只能紧跟在数字后面", "写成 `5%`；公式里没有求余数"),
        "`5%` is the number 0.05. `%` is never an operator.",
        "`5%` 就是 0.05；`%` 不是运算符。",
        "quantities:\n  x: complaints * 5 %",
        "quantities:\n  x: complaints * 5%",
    ),
    Code(
        "formula-text",
        Severity.ERROR,
        Wording("the quoted text is never closed", "write the closing `{quote}`"),
        Wording("加引号的文字没有收尾", "补上右边的 `{quote}`"),
        "A category is quoted, and stands exactly as it is written.",
        "类别要加引号，写的是什么就是什么。",
        "tables:\n  fee: {equals: {A: 3, B: 1}}\nquantities:\n  x: fee(\"A)",
        "tables:\n  fee: {equals: {A: 3, B: 1}}\nquantities:\n  x: fee(\"A\")",
        {
            "escape": (
                Wording("a quoted text has no escapes", "write the character itself"),
                Wording("加引号的文字里没有转义写法", "直接写那个字"),
            ),
            "prefix": (
                Wording("`{written}` before a quote has no meaning", "remove it"),
                Wording("引号前的 `{written}` 没有意义", "删去它"),
            ),
            "joined": (
                Wording("two quoted texts stand side by side", "join conditions with `or`, the members of a list with a comma"),
                Wording("两段加引号的文字并排写了", "条件之间写 `或`，方括号里的各项用逗号隔开"),
            ),
            "line": (
                Wording("a quoted text goes over a line end or holds a tab", "write it on one line, with plain spaces"),
                Wording("加引号的文字中间换了行，或有制表符", "写在一行里，用普通空格"),
            ),
            "form": (
                Wording("`{written}` holds letters put together from parts", "type it again (`--fix` does it)"),
                Wording("`{written}` 里有拼合而成的文字", "重新输入一遍（--fix 可自动改）"),
            ),
        },
    ),
)

TEXT: tuple[Code, ...] = (*_CHARACTERS, *_WORDS)
