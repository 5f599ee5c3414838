"""Codes about the bytes and the YAML of a document.

Their examples are whole documents, since a broken document has no sections to put together.
"""

from __future__ import annotations

from ..diagnostics import Severity
from .entry import Code, Wording

_HEAD = "format: 1\nscheme: service-bonus\n"
_ERROR = Severity.ERROR

FILE = (
    Code(
        "file-too-large",
        _ERROR,
        Wording("the file is larger than {limit} bytes", "split the scheme, or leave out what no person reads"),
        Wording("文件超过 {limit} 字节", "请拆分方案，或删去无人阅读的内容"),
        "A scheme is written by people for people; a larger file is a mistake or an attack.",
        "方案是人写给人看的；更大的文件不是弄错了，就是有意攻击。",
    ),
    Code(
        "file-empty",
        _ERROR,
        Wording("the file says nothing", "begin with `format: 1`, or copy a scheme from `schemes/`"),
        Wording("文件是空的", "第一行写 `格式: 1`，或从 `schemes/` 复制一个方案"),
        "A file without a single entry is usually one that was not saved.",
        "一项内容都没有的文件，多半是忘了保存。",
        wrong="# nothing here yet\n",
        right=_HEAD,
    ),
    Code(
        "encoding",
        _ERROR,
        Wording("the file is not UTF-8 text", "save it again as UTF-8"),
        Wording("文件不是 UTF-8 编码的文本", "请另存为 UTF-8 编码"),
        "Only one encoding is read, so that nobody's name depends on whose computer reads it.",
        "只读一种编码，换一台电脑也不会读出别的字。",
        variants={
            "gb18030": (
                Wording(
                    "the file is not UTF-8 text; it looks like GB18030 (GBK)",
                    "save it again as UTF-8: in Notepad, Save As, Encoding, UTF-8",
                ),
                Wording(
                    "文件不是 UTF-8 编码，看起来是 GB18030（GBK）",
                    "另存为 UTF-8：记事本里选“另存为”，编码选 UTF-8",
                ),
            ),
            "utf16": (
                Wording(
                    "the file is not UTF-8 text; it is UTF-16, which Notepad calls Unicode",
                    "save it again as UTF-8: in Notepad, Save As, Encoding, UTF-8",
                ),
                Wording(
                    "文件不是 UTF-8 编码，而是 UTF-16（记事本里叫 Unicode）",
                    "另存为 UTF-8：记事本里选“另存为”，编码选 UTF-8",
                ),
            ),
        },
    ),
    Code(
        "character",
        _ERROR,
        Wording("a character that nobody can see: {character}", "delete it (`--fix` does it where that is safe)"),
        Wording("这里有一个看不见的字符：{character}", "请删去（能安全删去的，`--fix` 可自动改）"),
        "What the machine reads and what a reviewer sees must be the same text. Invisible characters, "
        "and those that turn the direction of writing, are refused everywhere, comments included.",
        "机器读到的和审阅人看到的必须是同一段文字。看不见的字符和改变书写方向的字符，在任何地方都不允许，注释里也一样。",
        wrong=_HEAD + 'purpose: "Bonus \\u202E 2026"\n',
        right=_HEAD + 'purpose: "Bonus 2026"\n',
        variants={
            "escape": (
                Wording("the escape `{escape}` makes a character that may not be written", "delete it"),
                Wording("转义 `{escape}` 会变成一个不允许的字符", "请删去"),
            )
        },
    ),
    Code(
        "yaml-too-deep",
        _ERROR,
        Wording("more than {limit} levels of nesting", "take the inner levels out into entries of their own"),
        Wording("嵌套超过 {limit} 层", "把里面几层提出来，单独写成一项"),
        "Nobody can read a table in the thirty-third level, and deep nesting can bring a program down.",
        "第三十三层里的表没有人看得懂，嵌套太深还会拖垮程序。",
        wrong=_HEAD + "purpose: " + "[" * 40 + "]" * 40 + "\n",
        right=_HEAD + "purpose: Service bonus\n",
    ),
    Code(
        "yaml-too-big",
        _ERROR,
        Wording("more than {limit} names and values in one document", "split the scheme"),
        Wording("一份文件里的名称和值超过 {limit} 个", "请拆分方案"),
        "The bound keeps the time that a reading takes short, whatever the file holds.",
        "有了上限，不管文件里写了什么，读取都不会花太久。",
    ),
    Code(
        "text-too-long",
        _ERROR,
        Wording(
            "one text of {length} characters; {limit} are allowed", "shorten it, or link to a page that has it all"
        ),
        Wording("一段文字有 {length} 个字符，最多 {limit} 个", "请缩短，或放一个网页链接"),
        "No field of a scheme needs ten thousand characters; a forgotten closing quote easily makes them.",
        "方案里没有哪一项需要一万个字符；多半是漏了后引号。",
        wrong=_HEAD + "purpose: " + "long " * 2001 + "\n",
        right=_HEAD + "purpose: long\n",
    ),
)

SHAPE = (
    Code(
        "root-shape",
        _ERROR,
        Wording("a scheme is made of entries `name: value`", "begin with `format: 1`"),
        Wording("方案由一项项 `名称: 值` 组成", "第一行写 `格式: 1`"),
        "The whole document is one mapping from names to values.",
        "整份文件是一组“名称: 值”。",
        wrong="format is 1\n",
        right=_HEAD,
    ),
    Code(
        "key-twice",
        _ERROR,
        Wording("`{name}` is here for the second time; the first is on line {line}", "keep one of them, or rename one"),
        Wording("`{name}` 写了两次，第一次在第 {line} 行", "保留一个，或给其中一个改名"),
        "Most YAML readers silently let the last one win, so a forgotten line changes pay.",
        "多数 YAML 程序会悄悄以最后一个为准，忘删的一行就会改动工资。",
        wrong=_HEAD + "parameters:\n  base: 3000\n  base: 3500\n",
        right=_HEAD + "parameters:\n  base: 3000\n  top: 3500\n",
        variants={
            "alike": (
                Wording(
                    "`{name}` looks the same as a name on line {line} and is written with other characters",
                    "keep one of them, in ordinary characters (not full-width)",
                ),
                Wording("`{name}` 和第 {line} 行的名称看起来一样，用的却是别的字符", "保留一个，用普通（半角）字符写"),
            )
        },
    ),
    Code(
        "key-form",
        _ERROR,
        Wording("`{name}` cannot be a name: it is empty or has a line break", "write a name of one line"),
        Wording("`{name}` 不能作名称：它是空的，或含有换行", "写成一行的名称"),
        "A name that looks like another one, or that nobody can see the end of, hides a second meaning.",
        "与别的名称看起来一样、或看不出首尾的名称，会藏着第二个意思。",
        wrong=_HEAD + "parameters:\n  ｂａｓｅ: 3000\n",
        right=_HEAD + "parameters:\n  base: 3000\n",
        variants={
            "alike": (
                Wording("`{name}` has full-width or decomposed characters that look like others", "write `{mended}`"),
                Wording("`{name}` 里有全角或分解形式的字符，和别的字符看起来一样", "写成 `{mended}`"),
            ),
            "space": (
                Wording("`{name}` begins or ends with a space", "write `{mended}`"),
                Wording("`{name}` 前后有空格", "写成 `{mended}`"),
            ),
            "equals": (
                Wording("a bare `{name}` as a name has a meaning of its own in YAML", 'put it in quotes: `"="`'),
                Wording("单独的 `{name}` 作名称时，在 YAML 里另有含义", '加引号：`"="`'),
            ),
        },
    ),
    Code(
        "key-complex",
        _ERROR,
        Wording("a name must be a text of one line", "write `name: value`, without `?` and brackets before the colon"),
        Wording("名称必须是一行文字", "写成 `名称: 值`，冒号前不用 `?` 和括号"),
        "YAML lets a whole list be a name; a scheme never needs that.",
        "YAML 允许用整个列表作名称，方案用不到。",
        wrong=_HEAD + "parameters:\n  [a, b]: 3000\n",
        right=_HEAD + "parameters:\n  a: 3000\n",
    ),
    Code(
        "value-empty",
        _ERROR,
        Wording("`{name}` has no value", "write the value after the colon, or delete the line (`tbd` in a draft)"),
        Wording("`{name}` 没有写值", "在冒号后写上值，或删去这一行（草案里可写 `待定`）"),
        "An empty value is nothing to compute with, and it is never taken for zero.",
        "空值没法计算，也绝不会当作零。",
        wrong=_HEAD + "parameters:\n  base:\n",
        right=_HEAD + "parameters:\n  base: 3000\n",
        variants={
            "item": (
                Wording("an item of this list is empty", "write the item, or delete the dash or comma"),
                Wording("列表里有一项是空的", "写上内容，或删去多余的短横线、逗号"),
            ),
            "flow": (
                Wording(
                    "`{name}` has no value: inside `{ }` every entry is `name: value`",
                    "write its value; a text with a comma stands in quotes",
                ),
                Wording("`{name}` 没有值：花括号里每一项都是 `名称: 值`", "补上值；含逗号的文字要加引号"),
            ),
        },
    ),
    Code(
        "yaml-anchor",
        _ERROR,
        Wording("anchors (`&`) are not read", "write the value out; if `&` belongs to a text, put the text in quotes"),
        Wording("不支持锚点（`&`）", "把值直接写出来；如果 `&` 是文字的一部分，请给整句加引号"),
        "What a line says must stand in that line: a reader of a pay scheme should not have to look up a copy.",
        "一行说什么就写什么：看工资方案的人不应该到别处去找副本。",
        wrong=_HEAD + "parameters:\n  base: &b 3000\n",
        right=_HEAD + "parameters:\n  base: 3000\n",
        variants={
            "alias": (
                Wording(
                    "aliases (`*name`) are not read", "write the value out; a formula with `*` never begins with it"
                ),
                Wording("不支持别名（`*名称`）", "把值直接写出来；公式不会以 `*` 开头"),
            ),
            "merge": (
                Wording("merge keys (`<<`) are not read", "write the entries out"),
                Wording("不支持合并键（`<<`）", "把各项直接写出来"),
            ),
        },
    ),
    Code(
        "yaml-tag",
        _ERROR,
        Wording(
            "`{tag}`: tags are not read, the place decides what a text is",
            "delete it; if `!` belongs to a text or formula, put the whole text in quotes (`not` denies a condition)",
        ),
        Wording(
            "`{tag}`：不支持标签，一段文字是什么由它的位置决定",
            "请删去；如果 `!` 是文字的一部分，请给整句加引号（否定写 `非`）",
        ),
        "A tag tells other programs to build an object of any kind; here nothing may be built but a scheme.",
        "标签会让别的程序造出任意对象；这里除了方案，什么也不能造。",
        wrong=_HEAD + "parameters:\n  base: !!int 3000\n",
        right=_HEAD + "parameters:\n  base: 3000\n",
    ),
    Code(
        "yaml-directive",
        _ERROR,
        Wording("lines that begin with `%` are not read", "delete the line"),
        Wording("不支持以 `%` 开头的行", "请删去这一行"),
        "Such a line changes how the rest is read.",
        "这样的行会改变后面内容的读法。",
        wrong="%YAML 1.1\n---\n" + _HEAD,
        right=_HEAD,
    ),
    Code(
        "second-document",
        _ERROR,
        Wording(
            "a second document begins here", "one file holds one scheme: delete `---` and `...`, or split the file"
        ),
        Wording("这里开始了第二份文档", "一个文件只放一个方案：删去 `---` 和 `...`，或拆成两个文件"),
        "Other programs would read the first document only, and the rest would silently not count.",
        "别的程序只读第一份，后面的内容会悄悄失效。",
        wrong=_HEAD + "---\nperiod: month\n",
        right=_HEAD + "period: month\n",
    ),
)

FORMULAS = (
    Code(
        "formula-cut",
        _ERROR,
        Wording(
            "`{text}` was cut at its comma: inside `{ }` and `[ ]` a comma separates entries",
            "put the formula in quotes, `{mended}` (`--fix`), or on a line of its own",
        ),
        Wording(
            "`{text}` 在逗号处被切断：`{ }` 和 `[ ]` 里的逗号是分隔符",
            "给公式加引号：`{mended}`（--fix 可自动改），或把公式单独写一行",
        ),
        "YAML knows nothing of formulas: in braces it takes each comma for the end of an entry, and half a formula is left.",
        "YAML 不认识公式：花括号里的逗号一律当作一项结束，公式就只剩半截。",
        wrong=_HEAD + "pay:\n  bonus: {amount: max(0, 30 * total), at_risk: true}\n",
        right=_HEAD + "pay:\n  bonus: {amount: 'max(0, 30 * total)', at_risk: true}\n",
        variants={
            "bracket": (
                Wording(
                    "`{text}` was cut at a bracket or quote: inside `{ }` and `[ ]` these belong to YAML",
                    "put the formula in quotes, `{mended}` (`--fix`), or on a line of its own",
                ),
                Wording(
                    "`{text}` 在括号或引号处被切断：`{ }` 和 `[ ]` 里这些符号属于 YAML",
                    "给公式加引号：`{mended}`（--fix 可自动改），或把公式单独写一行",
                ),
            ),
            "thousands": (
                Wording(
                    "`{text}` was cut at its comma: numbers have no thousands separators", "write `{mended}` (`--fix`)"
                ),
                Wording("`{text}` 在逗号处被切断：数字不写千分位逗号", "写成 `{mended}`（--fix 可自动改）"),
            ),
            "open": (
                Wording(
                    "`{text}` was cut at its comma, and one of its brackets is never closed",
                    "close the bracket, and put the formula in quotes or on a line of its own",
                ),
                Wording("`{text}` 在逗号处被切断，而且有一个括号没有闭合", "补上括号，再给公式加引号或单独写一行"),
            ),
            "comment": (
                Wording(
                    "`{rest}` is a comment to YAML, and the formula is only `{text}`",
                    "take out the `#` if it belongs to the formula; if not, leave two spaces before `#` and one after",
                ),
                Wording(
                    "YAML 把 `{rest}` 当作注释，公式只剩 `{text}`",
                    "如果是公式的一部分，删去 `#`；如果确实是注释，`#` 前空两格、后空一格",
                ),
            ),
        },
    ),
    Code(
        "formula-start",
        _ERROR,
        Wording(
            "a text that begins with `{mark}` means something else in YAML", "put it in quotes: `{mended}` (`--fix`)"
        ),
        Wording("以 `{mark}` 开头的文字在 YAML 里另有含义", "给整句加引号：`{mended}`（--fix 可自动改）"),
        "YAML keeps these characters at the start of a value for itself: @ ` & * ! > | % [ {.",
        "这些符号放在值的开头时，YAML 另有用途：@ ` & * ! > | % [ {。",
        wrong=_HEAD + "pay:\n  bonus:\n    amount: 30 * total\n    when: [total] > 60\n",
        right=_HEAD + "pay:\n  bonus:\n    amount: 30 * total\n    when: total > 60\n",
        variants={
            "condition": (
                Wording("a condition names the quantity that it compares", "write, for instance, `complaints {text}`"),
                Wording("条件里要写出比较的是哪一项", "例如写成 `投诉次数 {text}`"),
            ),
            "percent": (
                Wording("a percent sign stands behind its number", "write `{mended}`"),
                Wording("百分号写在数字后面", "写成 `{mended}`"),
            ),
        },
    ),
    Code(
        "text-after-quote",
        _ERROR,
        Wording(
            "text after a closing quote: a value is quoted as a whole or not at all",
            'quote it all, `{mended}` (`--fix`), or put a name first as in `grade == "A"`',
        ),
        Wording(
            "后引号后面还有文字：要么整句加引号，要么都不加",
            '整句加引号：`{mended}`（--fix 可自动改）；文字里可用 「」 或 “”；条件里把名称写在前面，如 `等级 == "优秀"`',
        ),
        "A value that begins with a quote ends for YAML at the next one.",
        "以引号开头的值，YAML 认为到后引号就结束了。",
        wrong=_HEAD + 'pay:\n  bonus:\n    amount: 3000\n    when: "A" == grade\n',
        right=_HEAD + 'pay:\n  bonus:\n    amount: 3000\n    when: grade == "A"\n',
    ),
    Code(
        "text-cut",
        Severity.WARNING,
        Wording(
            "`{rest}` is a comment and not part of `{text}`",
            "if it belongs to the text, put the whole text in quotes; if not, leave two spaces before `#` and one after",
        ),
        Wording(
            "`{rest}` 被当作注释，不属于 `{text}`",
            "如果是文字的一部分，请给整句加引号；如果确实是注释，`#` 前空两格、后空一格",
        ),
        "A space and # begin a comment wherever they stand, in the middle of a title or a formula too.",
        "空格加 # 就是注释的开始，在标题和公式中间也一样。",
        wrong="purpose: Bonus #1\n",
        right='purpose: "Bonus #1"\n',
    ),
    Code(
        "text-colon",
        _ERROR,
        Wording(
            "a colon and a space inside the text start a new entry",
            "put the text in quotes: `{mended}` (`--fix`); in Chinese prose use a full-width colon",
        ),
        Wording(
            "文字里有“半角冒号加空格”，YAML 以为又开始了一项",
            "改用全角冒号，或给整句加引号：`{mended}`（--fix 可自动加引号）",
        ),
        "YAML allows one `name: value` on a line.",
        "YAML 一行只能写一个“名称: 值”。",
        wrong=_HEAD + "purpose: Bonus: the second edition\n",
        right=_HEAD + "purpose: 'Bonus: the second edition'\n",
    ),
)

TYPING = (
    Code(
        "fullwidth-mark",
        _ERROR,
        Wording(
            "full-width `{mark}` where YAML needs `{right}`", "write `{mended}` (`--fix`); in prose `{mark}` is fine"
        ),
        Wording(
            "这里用了全角 `{mark}`，YAML 只认半角 `{right}` 加一个空格",
            "改成 `{mended}`（--fix 可自动改；正文说明里的全角标点不受影响）",
        ),
        "A Chinese input method types marks that look like YAML's and are other characters.",
        "中文输入法打出的标点看着像 YAML 的符号，其实是另外的字符。",
        wrong=_HEAD + "period：month\n",
        right=_HEAD + "period: month\n",
        variants={
            "comma": (
                Wording("full-width `{mark}` where YAML needs `{right}`", "write `{mended}` (`--fix`)"),
                Wording("这里用了全角 `{mark}`，YAML 只认半角 `{right}`", "改成 `{mended}`（--fix 可自动改）"),
            ),
            "space": (
                Wording("a full-width space after the colon of `{name}`", "write `{mended}` (`--fix`)"),
                Wording("`{name}` 的冒号后面是全角空格", "改成 `{mended}`（--fix 可自动改）"),
            ),
            "indent": (
                Wording("`{name}` is indented with full-width spaces", "indent with ordinary spaces (`--fix`)"),
                Wording("`{name}` 前面用了全角空格缩进", "改用半角空格缩进（--fix 可自动改）"),
            ),
        },
    ),
    Code(
        "colon-space",
        _ERROR,
        Wording("`{name}` has no space after the colon and became one text", "write `{mended}` (`--fix`)"),
        Wording("`{name}` 的冒号后面缺少空格，整个被当成了一段文字", "写成 `{mended}`（--fix 可自动改）"),
        "For YAML only a colon with a space ends a name; that is why 12:30 needs no quotes.",
        "YAML 里冒号加空格才表示名称结束，所以 12:30 不用加引号。",
        wrong=_HEAD + "tables:\n  steps: {points: {60:0, 75:60}}\n",
        right=_HEAD + "tables:\n  steps: {points: {60: 0, 75: 60}}\n",
    ),
    Code(
        "tab-indent",
        _ERROR,
        Wording("this line is indented with a tab", "indent with spaces, two for each level (`--fix`)"),
        Wording("这一行用制表符（Tab）缩进", "改用空格缩进，每层两个（--fix 可自动改）"),
        "A tab is as wide as each program likes, so levels would depend on who looks.",
        "制表符有多宽由各个程序说了算，层次就会因人而异。",
        wrong=_HEAD + "parameters:\n\tbase: 3000\n",
        right=_HEAD + "parameters:\n  base: 3000\n",
    ),
    Code(
        "indent",
        _ERROR,
        Wording("`{name}` does not line up with any entry above", "give it the same indentation as its siblings"),
        Wording("`{name}` 没有和上面任何一项对齐", "和同级的各项左边对齐"),
        "The indentation says what belongs to what.",
        "缩进决定谁属于谁。",
        wrong=_HEAD + "parameters:\n    base: 3000\n  top: 3500\n",
        right=_HEAD + "parameters:\n  base: 3000\n  top: 3500\n",
        variants={
            "deeper": (
                Wording(
                    "`{name}` is indented deeper than the entry above, which has its value already",
                    "give it the same indentation as the entry above",
                ),
                Wording("`{name}` 比上一项缩进得更深，而上一项已经有值了", "和上一项左边对齐"),
            ),
            "first": (
                Wording(
                    "`{name}` is indented less than the first entry of the file",
                    "begin every top-level entry at the left margin",
                ),
                Wording("`{name}` 比文件的第一项更靠左", "最外层的各项都顶格写"),
            ),
        },
    ),
    Code(
        "quote-unclosed",
        _ERROR,
        Wording("the quote `{mark}` that opens here is not closed on its line", "close it, or leave both quotes out"),
        Wording("这里的引号 `{mark}` 在本行没有闭合", "补上后引号，或前后引号都不写"),
        "Without its end a quotation swallows the lines that follow.",
        "缺了后引号，后面几行都会被当成这段文字。",
        wrong=_HEAD + 'purpose: "Service bonus\nperiod: month\n',
        right=_HEAD + "purpose: Service bonus\nperiod: month\n",
    ),
    Code(
        "bracket-unclosed",
        _ERROR,
        Wording("the bracket `{mark}` that opens here is never closed", "close it at the end of its entry"),
        Wording("这里的括号 `{mark}` 没有闭合", "在这一项末尾补上"),
        "Without its end a bracket swallows the lines that follow.",
        "缺了后括号，后面几行都会被算进去。",
        wrong=_HEAD + "effective: {first_day: 2026-01-01, last_day: 2026-12-31\nperiod: month\n",
        right=_HEAD + "effective: {first_day: 2026-01-01, last_day: 2026-12-31}\nperiod: month\n",
        variants={
            "other": (
                Wording("`{other}` closes a bracket that was opened by `{mark}`", "close it with the matching bracket"),
                Wording("`{mark}` 开的括号，却用 `{other}` 来闭合", "改用配对的括号"),
            )
        },
    ),
    Code(
        "yaml-syntax",
        _ERROR,
        Wording(
            "YAML cannot read on here",
            "compare the line with its neighbours; a text with special characters stands in quotes",
        ),
        Wording("从这里开始 YAML 读不下去了", "和相邻的行对照一下；含特殊符号的文字请加引号"),
        "Something is out of place, such as a stray bracket or a mark where a value should begin.",
        "有什么放错了位置，比如多了一个括号，或值的开头是一个符号。",
        wrong=_HEAD + "period month\neffective: 2026-01-01\n",
        right=_HEAD + "period: month\neffective: 2026-01-01\n",
        variants={
            "no-colon": (
                Wording(
                    "`{text}` is no entry: it has no colon",
                    "write `name: value`, or indent the line if it goes on with the text above",
                ),
                Wording("`{text}` 不成一项：没有冒号", "写成 `名称: 值`；如果是接着上一行的文字，请缩进"),
            ),
            "dash-space": (
                Wording("a dash needs a space before its item", "write `{mended}`"),
                Wording("短横线后面要空一格", "写成 `{mended}`"),
            ),
            "dash": (
                Wording(
                    "a list begins on a line of its own, and a lone dash is no text",
                    'put the first `- ` on the next line; for a dash as a text write `"-"`',
                ),
                Wording("列表要另起一行，单独的短横线也不是文字", '把第一个 `- ` 移到下一行；要写短横线本身请写 `"-"`'),
            ),
            "question": (
                Wording(
                    "`?` alone is no value",
                    "write `tbd` for what is not decided yet (in a draft), or put the text in quotes",
                ),
                Wording("单独的 `?` 不是值", "还没定的写 `待定`（仅限草案），或给文字加引号"),
            ),
            "escape": (
                Wording(
                    "`{escape}` in double quotes is no character",
                    "use single quotes, in which a backslash is just a backslash",
                ),
                Wording("双引号里的 `{escape}` 不表示任何字符", "改用单引号，单引号里的反斜杠就是反斜杠"),
            ),
            "block-text": (
                Wording("text after `>` or `|`", "a text of several lines begins on the next line, indented"),
                Wording("`>` 或 `|` 后面还有文字", "多行文字从下一行开始写，并缩进"),
            ),
        },
    ),
)

CODES: tuple[Code, ...] = (*FILE, *SHAPE, *FORMULAS, *TYPING)
