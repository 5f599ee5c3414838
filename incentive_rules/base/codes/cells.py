"""Codes about single cells of data: what stands there, and how it is written so that it can be read."""

from __future__ import annotations

from .entry import ERROR, Code, Wording

CELLS: tuple[Code, ...] = (
    Code(
        "data-missing",
        ERROR,
        Wording("`{input}` is missing", "fill the cell, or declare `can_be_missing: true`"),
        Wording("缺少 `{input}`", "补上数据；若允许缺失，在方案中写 `可缺: 是`"),
        "A missing value never becomes 0. An input says beforehand whether it may be missing.",
        "缺失的值不会被当作 0；数据能不能缺，须事先在方案中写明。",
        "engineer,jobs\nG001,",
        "engineer,jobs\nG001,12",
        {
            "text": (
                Wording("`{input}` is {value}, which this scheme reads as missing, and it may not be missing",
                        "put the value in its place, or declare `can_be_missing: true`"),
                Wording("`{input}` 为 {value}，方案规定这表示缺失，但这一项不能缺", "填上实际的值；若允许缺失，在方案中写 `可缺: 是`"),
            ),
            "file": (
                Wording("{value} has no row in {file}", "add the row there, or remove it from the other files"),
                Wording("{file} 中没有 {value} 的行", "在该文件中补上这一行，或从其他文件中删去"),
            ),
            "carried": (
                Wording("`{input}` is carried over from the period before, and is not given here",
                        "give it with the other facts: what stood there in the end, or the `first:` value of the scheme"),
                Wording("`{input}` 由上期结转，这里没有给出", "与其他数据一起给出：上期期末的值，或方案的 `首期值`"),
            ),
            "whose": (
                Wording("`{input}` is missing, so nobody can see whom or what this row is about", "fill the cell, or remove the row"),
                Wording("缺少 `{input}`，看不出这一行说的是哪一个", "补上数据，或删去这一行"),
            ),
            "key": (
                Wording("`{input}` is missing, and it tells the rows of `{details}` apart",
                        "fill the cell: without it nobody can see whether a row stands there twice"),
                Wording("缺少 `{input}`，而 `{details}` 的各行要靠它区分", "补上数据；缺了它，就看不出一行是不是重复了"),
            ),
        },
    ),
    Code(
        "data-number",
        ERROR,
        Wording("`{input}` is {value}, which is not a number", "write digits such as `1200.50`"),
        Wording("`{input}` 为 {value}，不是数字", "写成 `1200.50` 这样的数字"),
        "Text becomes a number by one strict rule: ASCII digits, one point, no separators, no exponent.",
        "文字按唯一的规则读成数字：半角数字、一个小数点，不带千分位、货币符号和指数。",
        "engineer,jobs\nG001,1_2",
        "engineer,jobs\nG001,12",
        {
            "near": (
                Wording("`{input}` is {value}, which is not written as a number", "write `{near}`"),
                Wording("`{input}` 为 {value}，不是数字的写法", "写成 `{near}`"),
            ),
            "fullwidth": (
                Wording("`{input}` is {value}, whose digits are not those from 0 to 9 (they are full-width, or of another script)",
                        "write `{near}` in half-width digits"),
                Wording("`{input}` 为 {value}，数字不是半角的", "改成半角：`{near}`"),
            ),
            "separator": (
                Wording("`{input}` is {value}: a number has nothing between its thousands", "write `{near}`"),
                Wording("`{input}` 为 {value}：数字不带千分位", "写成 `{near}`"),
            ),
            "comma": (
                Wording("`{input}` is {value}: decimals stand behind a point, not a comma", "write `{near}`"),
                Wording("`{input}` 为 {value}：小数点应是 `.`，不是逗号", "写成 `{near}`"),
            ),
            "currency": (
                Wording("`{input}` is {value}: an amount is written without the sign of its currency", "write `{near}`"),
                Wording("`{input}` 为 {value}：金额不带货币符号", "写成 `{near}`"),
            ),
            "unit": (
                Wording("`{input}` is {value}: a number is written without its unit",
                        "write `{near}`; where the whole column has the unit, say so in the scheme: `suffix: {unit}`"),
                Wording("`{input}` 为 {value}：数字后面不带单位",
                        "写成 `{near}`；如果整列都带这个单位，在方案中写 `后缀: {unit}`"),
            ),
            "times": (
                Wording("`{input}` is {value}: a number is written in digits alone", "write `{near}`"),
                Wording("`{input}` 为 {value}：数字只用阿拉伯数字写", "写成 `{near}`"),
            ),
            "percent": (
                Wording("`{input}` is {value}, and the scheme does not say that this column holds percentages",
                        "write `{near}`; where the column holds percentages, say so in the scheme: `scale: percent`"),
                Wording("`{input}` 为 {value}，但方案没有写明这一列是百分数",
                        "写成 `{near}`；如果这一列是百分数，在方案中写 `标度: 百分数`"),
            ),
            "minus": (
                Wording("`{input}` is {value}: a number below zero begins with `-`", "write `{near}`"),
                Wording("`{input}` 为 {value}：负数以 `-` 开头", "写成 `{near}`"),
            ),
            "plus": (
                Wording("`{input}` is {value}: a number is written without `+`", "write `{near}`"),
                Wording("`{input}` 为 {value}：正数前面不带 `+`", "写成 `{near}`"),
            ),
            "quote": (
                Wording("`{input}` is {value}: a number stands without quotation marks", "write `{near}`"),
                Wording("`{input}` 为 {value}：数字前后不带引号", "写成 `{near}`"),
            ),
            "letters": (
                Wording("`{input}` is {value}, which has a letter in place of a digit", "write `{near}`"),
                Wording("`{input}` 为 {value}，把数字写成了字母", "写成 `{near}`"),
            ),
            "point": (
                Wording("`{input}` is {value}: digits stand on both sides of the point", "write `{near}`"),
                Wording("`{input}` 为 {value}：小数点两边都要有数字", "写成 `{near}`"),
            ),
            "character": (
                Wording("`{input}` is {value}, which holds {character}", "delete the cell and type the number anew: the character cannot be seen"),
                Wording("`{input}` 为 {value}，其中有看不见的字符 {character}", "删去这一格，重新输入数字"),
            ),
            "zeros": (
                Wording("`{input}` is {value}: a number does not begin with a needless 0",
                        "write `{near}`; if it is an identifier, declare `type: key`"),
                Wording("`{input}` 为 {value}：数字前面不带多余的 0", "写成 `{near}`；若是编号，写 `类型: 编号`"),
            ),
            "exponent": (
                Wording("`{input}` is {value}: a number is written with all its digits",
                        "write `{near}`: format the column as a plain number before you save it"),
                Wording("`{input}` 为 {value}：数字不用科学记数法", "写成 `{near}`：另存之前，把这一列的格式设为“数值”"),
            ),
            "formula": (
                Wording("`{input}` is {value}: a formula, not what comes out of it",
                        "copy the column and paste it as values, then save it again"),
                Wording("`{input}` 为 {value}：这是公式，不是结果", "复制这一列，选择性粘贴为“数值”，再另存"),
            ),
            "error": (
                Wording("`{input}` is {value}: an error of the spreadsheet", "mend the formula in the spreadsheet, or type the number"),
                Wording("`{input}` 为 {value}：这是电子表格的出错信息", "在表格中改正公式，或直接填数字"),
            ),
            "date": (
                Wording("`{input}` is {value}, which looks like a date or a time",
                        "write the number; a spreadsheet makes dates of texts such as 1-5, unless the column is formatted as a number"),
                Wording("`{input}` 为 {value}，像是日期或时刻", "填写数字；如果是电子表格自动变成了日期，先把这一列的格式设为“数值”"),
            ),
            "word": (
                Wording("`{input}` is {value}, which is not a number",
                        "write the number; if there may be none, write in the scheme: `can_be_missing: true`, `missing_texts: [{text}]`"),
                Wording("`{input}` 为 {value}，不是数字",
                        "填写数字；如果允许没有，在方案中写 `可缺: 是`、`缺失写法: [{text}]`"),
            ),
            "missing": (
                Wording("`{input}` is {value}, which is not a number",
                        "leave the cell empty where there is none; or say in the scheme that this text means so: `missing_texts: [{text}]`"),
                Wording("`{input}` 为 {value}，不是数字",
                        "没有数就把这一格留空；或在方案中写明这几个字表示缺失：`缺失写法: [{text}]`"),
            ),
            "infinite": (
                Wording("`{input}` is infinite or not a valid number", "mend the cell"),
                Wording("`{input}` 是无穷大或无效的数", "改正数据"),
            ),
            "digits": (
                Wording("`{input}` has more than {most} digits", "mend the cell"),
                Wording("`{input}` 超过 {most} 位数字", "改正数据"),
            ),
        },
    ),
    Code(
        "data-type",
        ERROR,
        Wording("`{input}` is {value}, where a number is due", "give a number"),
        Wording("`{input}` 为 {value}，这里应是数字", "改成数字"),
        "A value is never turned into another type: `True` is not 1, and 7.0 is not the key `7`.",
        "数据不会被悄悄改成别的类型：`True` 不是 1，7.0 也不是编号 `7`。",
        '[{"engineer": "G001", "jobs": true}]',
        '[{"engineer": "G001", "jobs": 1}]',
        {
            "text": (
                Wording("`{input}` is {value}, where a text is due", "give a text"),
                Wording("`{input}` 为 {value}，这里应是文字", "改成文字"),
            ),
        },
    ),
    Code(
        "data-float",
        ERROR,
        Wording("`{input}` is {value}, a float that has already lost digits",
                "give it as text, `Decimal` or a whole number"),
        Wording("`{input}` 为 {value}，这个浮点数已经丢失了位数", "改用文本、`Decimal` 或整数"),
        "Above 2**53, or in 32 bits, a float no longer tells neighbouring numbers apart.",
        "超过 2**53 的浮点数和 32 位浮点数已经分不清相邻的数。",
    ),
    Code(
        "data-decimals",
        ERROR,
        Wording("`{input}` is {value}, which has more than {decimals} decimals",
                "mend the cell, declare more `decimals`, or `read: nearest` for figures from a spreadsheet"),
        Wording("`{input}` 为 {value}，小数超过 {decimals} 位",
                "改正数据，或在方案中增加 `小数位`；电子表格算出的细小误差可写 `读法: 最接近`"),
        "Digits are never cut off in passing: either they fit or the row is refused.",
        "多出的小数不会被悄悄截掉：放不下就拒收。",
        "engineer,jobs\nG001,3.7",
        "engineer,jobs\nG001,3",
        {
            "whole": (
                Wording("`{input}` is {value}, where a whole number is due", "mend the cell, or declare `type: number`"),
                Wording("`{input}` 为 {value}，这里应是整数", "改正数据，或写 `类型: 数值`"),
            ),
            "percent": (
                Wording("`{input}` is {value}, that is {near}, which has more than {decimals} decimals",
                        "mend the cell, or declare more `decimals`: of a percentage they are those of the fraction"),
                Wording("`{input}` 为 {value}，即 {near}，小数超过 {decimals} 位",
                        "改正数据，或在方案中增加 `小数位`；百分数的小数位按换算后的小数计"),
            ),
        },
    ),
    Code(
        "data-range",
        ERROR,
        Wording("`{input}` is {value}, allowed {low} to {high}", "mend the data, or the `range` in the scheme"),
        Wording("`{input}` 为 {value}，允许 {low} 到 {high}", "改正数据，或修改方案中的 `取值范围`"),
        "Every promise about the arithmetic rests on the ranges; a value outside is never paid.",
        "所有算术保证都以取值范围为前提；超出范围的数据不参与发放。",
        "engineer,jobs\nG001,501",
        "engineer,jobs\nG001,500",
        {
            "low": (
                Wording("`{input}` is {value}, allowed from {low}", "mend the data, or the `range` in the scheme"),
                Wording("`{input}` 为 {value}，至少应为 {low}", "改正数据，或修改方案中的 `取值范围`"),
            ),
            "high": (
                Wording("`{input}` is {value}, allowed up to {high}", "mend the data, or the `range` in the scheme"),
                Wording("`{input}` 为 {value}，至多应为 {high}", "改正数据，或修改方案中的 `取值范围`"),
            ),
        },
    ),
    Code(
        "data-category",
        ERROR,
        Wording("`{input}` is {value}, which is not one of {allowed}", "mend the cell, or add the word to `one_of`"),
        Wording("`{input}` 为 {value}，只能是 {allowed}", "改正数据，或在 `可选` 中补上"),
        "A category takes one of the declared words, exactly as written.",
        "类别只能取方案中列出的词，一字不差。",
        "engineer,jobs,post\nG001,12,chief",
        "engineer,jobs,post\nG001,12,junior",
        {
            "near": (
                Wording("`{input}` is {value}, which is not one of {allowed}", "did you mean `{near}`?"),
                Wording("`{input}` 为 {value}，只能是 {allowed}", "是不是 `{near}`？"),
            ),
            "missing": (
                Wording("`{input}` is {value}, which is not one of {allowed}",
                        "mend the cell, or leave it empty where there is none; if this text means so, write in the scheme: `missing_texts: [{text}]`"),
                Wording("`{input}` 为 {value}，只能是 {allowed}",
                        "改正数据；没有就留空；如果这几个字表示缺失，在方案中写 `缺失写法: [{text}]`"),
            ),
        },
    ),
    Code(
        "data-flag",
        ERROR,
        Wording("`{input}` is {value}, where `true` or `false` is due", "write `true` or `false`"),
        Wording("`{input}` 为 {value}，这里应是 `是` 或 `否`", "写 `是` 或 `否`"),
        "Only `true`, `false`, 是, 否 and the words that the input declares are read as flags.",
        "只有 `是`、`否`、`true`、`false` 以及方案中声明的文字才读作是否。",
        "engineer,jobs,leader\nG001,12,0",
        "engineer,jobs,leader\nG001,12,false",
        {
            "word": (
                Wording("`{input}` is {value}, where `true` or `false` is due",
                        "write `true` or `false`; or say in the scheme what the words of the data mean, such as `texts: {{true: [{text}]}}`"),
                Wording("`{input}` 为 {value}，这里应是 `是` 或 `否`",
                        "写 `是` 或 `否`；或在方案中写明数据里的词是什么意思，如 `写法: {{是: [{text}]}}`"),
            ),
            "missing": (
                Wording("`{input}` is {value}, where `true` or `false` is due",
                        "write `true` or `false`, or leave the cell empty; or say in the scheme what the text means: `missing_texts: [{text}]`, or `texts: {{true: [{text}]}}`"),
                Wording("`{input}` 为 {value}，这里应是 `是` 或 `否`",
                        "写 `是` 或 `否`，没有就留空；或在方案中写明这个词的意思：`缺失写法: [{text}]`，或 `写法: {{是: [{text}]}}`"),
            ),
        },
    ),
    Code(
        "data-text",
        ERROR,
        Wording("`{input}` is {value}, which holds {character}, and nobody can see it",
                "type the cell anew, or replace the character in the spreadsheet: `=SUBSTITUTE(A1, UNICHAR({number}), \"\")`"),
        Wording("`{input}` 为 {value}，其中有看不见的字符 {character}",
                "重新输入这一格，或在电子表格中替换掉：`=SUBSTITUTE(A1, UNICHAR({number}), \"\")`"),
        "Two words that differ in what nobody sees would be two groups, or two people.",
        "两个词如果只差看不见的字符，就会成为两个组、两个人。",
        '[{"engineer": "G\\u0000001", "jobs": 12}]',
        '[{"engineer": "G001", "jobs": 12}]',
        {
            "blank": (
                Wording("`{input}` is {value}, which holds {character}: a blank of another kind than that of the keyboard",
                        "type an ordinary space in its place; for a whole column: `=SUBSTITUTE(A1, UNICHAR({number}), \" \")`"),
                Wording("`{input}` 为 {value}，其中有 {character}，不是键盘输入的空格",
                        "改成普通空格；整列替换可用 `=SUBSTITUTE(A1, UNICHAR({number}), \" \")`"),
            ),
        },
    ),
    Code(
        "data-date",
        ERROR,
        Wording("`{input}` is {value}, which is not a date",
                "write it as `2026-01-31`, or declare how the data write it: `written: YYYY/MM/DD`"),
        Wording("`{input}` 为 {value}，不是日期", "写成 `2026-01-31`；或在方案中声明数据里的写法，如 `日期写法: YYYY/MM/DD`"),
        "A date is a calendar day without a time of day and without a time zone, which could move it to another day.",
        "日期就是日历上的一天，不带时刻；时区可能把它移到另一天，因此不接受。",
        "engineer,jobs,hired\nG001,12,31/01/2026",
        "engineer,jobs,hired\nG001,12,2026-01-31",
        {
            "written": (
                Wording("`{input}` is {value}, which is not a date as declared",
                        "write it as `{written}`, such as `{near}`; or mend `written` in the scheme"),
                Wording("`{input}` 为 {value}，不是所声明写法的日期",
                        "按 `{written}` 写，如 `{near}`；或修改方案中的 `日期写法`"),
            ),
            "near": (
                Wording("`{input}` is {value}, which is not how a date is written here", "write `{near}`"),
                Wording("`{input}` 为 {value}，不是这里的日期写法", "写成 `{near}`"),
            ),
            "form": (
                Wording("`{input}` is {value}, which is not how a date is written here",
                        "write `{near}`; or say in the scheme how the data write dates: `written: {form}`"),
                Wording("`{input}` 为 {value}，不是这里的日期写法", "写成 `{near}`；或在方案中声明数据里的写法：`日期写法: {form}`"),
            ),
            "order": (
                Wording("`{input}` is {value}, which may be {near} or {other}", "write the one that is meant in this way: `{near}`"),
                Wording("`{input}` 为 {value}，可能是 {near}，也可能是 {other}", "写明是哪一天，写法如 `{near}`"),
            ),
            "order-form": (
                Wording("`{input}` is {value}, which may be {near} or {other}",
                        "write the one that is meant as `{near}`; or say in the scheme how the data write dates, such as `written: {form}`"),
                Wording("`{input}` 为 {value}，可能是 {near}，也可能是 {other}",
                        "写明是哪一天，写法如 `{near}`；或在方案中声明数据里的写法，如 `日期写法: {form}`"),
            ),
            "serial": (
                Wording("`{input}` is {value}, a spreadsheet's number for a day ({near})",
                        "format the column as dates (yyyy-mm-dd) before you save it; here write `{near}`"),
                Wording("`{input}` 为 {value}，是电子表格内部的日期序号（{near}）",
                        "另存之前把这一列的格式设为日期（yyyy-mm-dd）；此处写 `{near}`"),
            ),
            "clock": (
                Wording("`{input}` is {value}, which has a time of day: a date has none", "write `{near}`"),
                Wording("`{input}` 为 {value}，带了时刻，而日期不带时刻", "写成 `{near}`"),
            ),
            "day": (
                Wording("`{input}` is {value}: the calendar has no such day", "look the date up, and write it as `2026-01-31`"),
                Wording("`{input}` 为 {value}：日历上没有这一天", "核对日期，写成 `2026-01-31` 的样子"),
            ),
            "year": (
                Wording("`{input}` is {value}: the year has two digits, or its place cannot be told", "write it as `2026-01-31`"),
                Wording("`{input}` 为 {value}：年份只有两位，或看不出哪个是年", "写成 `2026-01-31` 的样子"),
            ),
            "missing": (
                Wording("`{input}` is {value}, which is not a date",
                        "leave the cell empty where there is none; or say in the scheme that this text means so: `missing_texts: [{text}]`"),
                Wording("`{input}` 为 {value}，不是日期",
                        "没有日期就留空；或在方案中写明这几个字表示缺失：`缺失写法: [{text}]`"),
            ),
        },
    ),
    Code(
        "data-time",
        ERROR,
        Wording("`{input}` is {value}, which is not a time",
                "write it as `2026-01-31 12:30`, or declare how the data write it: `written: YYYY/MM/DD hh:mm`"),
        Wording("`{input}` 为 {value}，不是时刻", "写成 `2026-01-31 12:30`；或在方案中声明数据里的写法，如 `日期写法: YYYY/MM/DD hh:mm`"),
        "A time is local, without a zone, in whole minutes.",
        "时刻用当地时间，不带时区，精确到整分钟。",
        "engineer,jobs,opened\nG001,12,2026-01-31 12:30:15",
        "engineer,jobs,opened\nG001,12,2026-01-31 12:30",
        {
            "written": (
                Wording("`{input}` is {value}, which is not a time as declared",
                        "write it as `{written}`, such as `{near}`; or mend `written` in the scheme"),
                Wording("`{input}` 为 {value}，不是所声明写法的时刻",
                        "按 `{written}` 写，如 `{near}`；或修改方案中的 `日期写法`"),
            ),
            "near": (
                Wording("`{input}` is {value}, which is not how a time is written here", "write `{near}`"),
                Wording("`{input}` 为 {value}，不是这里的时刻写法", "写成 `{near}`"),
            ),
            "order": (
                Wording("`{input}` is {value}, which may be {near} or {other}", "write the one that is meant in this way: `{near}`"),
                Wording("`{input}` 为 {value}，可能是 {near}，也可能是 {other}", "写明是哪一个，写法如 `{near}`"),
            ),
            "order-form": (
                Wording("`{input}` is {value}, which may be {near} or {other}",
                        "write the one that is meant as `{near}`; or say in the scheme how the data write times, such as `written: {form}`"),
                Wording("`{input}` 为 {value}，可能是 {near}，也可能是 {other}",
                        "写明是哪一个，写法如 `{near}`；或在方案中声明数据里的写法，如 `日期写法: {form}`"),
            ),
            "seconds": (
                Wording("`{input}` is {value}: a time is told in whole minutes", "write it without seconds: `{near}`"),
                Wording("`{input}` 为 {value}：时刻只到整分钟", "去掉秒：`{near}`"),
            ),
            "serial": (
                Wording("`{input}` is {value}, a spreadsheet's number for a time ({near})",
                        "format the column as yyyy-mm-dd hh:mm before you save it; here write `{near}`"),
                Wording("`{input}` 为 {value}，是电子表格内部的日期序号（{near}）",
                        "另存之前把这一列的格式设为 yyyy-mm-dd hh:mm；此处写 `{near}`"),
            ),
            "undated": (
                Wording("`{input}` is {value}, a time of day, where a day is due as well", "write the date before it, such as `2026-01-31 {near}`"),
                Wording("`{input}` 为 {value}，只有时刻，没有日期", "前面写上日期，如 `2026-01-31 {near}`"),
            ),
            "hour": (
                Wording("`{input}` is {value}: hours go from 00 to 23, minutes from 00 to 59", "write midnight as `00:00` of the next day"),
                Wording("`{input}` 为 {value}：小时从 00 到 23，分钟从 00 到 59", "午夜写成次日的 `00:00`"),
            ),
            "day": (
                Wording("`{input}` is {value}: the calendar has no such day", "look the date up, and write it as `2026-01-31 12:30`"),
                Wording("`{input}` 为 {value}：日历上没有这一天", "核对日期，写成 `2026-01-31 12:30` 的样子"),
            ),
            "missing": (
                Wording("`{input}` is {value}, which is not a time",
                        "leave the cell empty where there is none; or say in the scheme that this text means so: `missing_texts: [{text}]`"),
                Wording("`{input}` 为 {value}，不是时刻",
                        "没有时刻就留空；或在方案中写明这几个字表示缺失：`缺失写法: [{text}]`"),
            ),
        },
    ),
)  # fmt: skip
