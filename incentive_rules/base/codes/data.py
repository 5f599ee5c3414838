"""Codes about data: rows, files, and how files fit together; those of cells and of what belongs together beside them."""

from __future__ import annotations

from ..diagnostics import Severity
from .belonging import BELONGING
from .cells import CELLS
from .entry import Code, Wording
from .together import TOGETHER
from .workbooks import WORKBOOKS

ROWS: tuple[Code, ...] = (
    Code(
        "data-require",
        Severity.ERROR,
        Wording("the requirement `{text}` does not hold", "mend the data; the requirement stands in the scheme"),
        Wording("不满足数据要求 `{text}`", "改正数据；这条要求写在方案里"),
        "`require` says which facts belong together; a row that breaks it is refused.",
        "`数据要求` 规定哪些事实必须相符；不符的行拒收。",
        "engineer,jobs,on_time\nG001,12,13",
        "engineer,jobs,on_time\nG001,12,11",
    ),
    Code(
        "data-range-declared",
        Severity.ERROR,
        Wording("`{text}` leaves the range that the scheme declares for it", "mend the data, or the `range` of `{text}`"),
        Wording("`{text}` 超出方案声明的取值范围", "改正数据，或修改 `{text}` 的 `取值范围`"),
        "A declared range that could not be proved is checked for every row.",
        "无法证明的取值范围会逐行检查。",
    ),
    Code(
        "data-key-twice",
        Severity.ERROR,
        Wording("the key {value} stands on more than one row: {where}", "keep one row for each person"),
        Wording("编号 {value} 出现了不止一次：{where}", "每人只保留一行"),
        "Two rows for one person are two answers to one question; neither is chosen.",
        "同一人有两行数据就有两个答案，程序不替人选择。",
        "engineer,jobs\nG001,12\nG001,13",
        "engineer,jobs\nG001,12\nG002,13",
        {
            "details": (
                Wording("the row {value} of `{details}` is there more than once: {where}", "keep one of them, or name under `key` what tells them apart"),
                Wording("`{details}` 中的 {value} 出现了不止一次：{where}", "只保留一行；若确是不同的行，在该明细的“编号”中补上区分它们的列"),
            ),
            "group": (
                Wording("{value} stands on more than one row of `{details}`: {where}", "keep one row for each of `{details}`"),
                Wording("`{details}` 中的 {value} 出现了不止一次：{where}", "每个只保留一行"),
            ),
        },
    ),
    Code(
        "data-name-unknown",
        Severity.ERROR,
        Wording("`{name}` is not an input of this scheme", "remove it; the inputs are {inputs}"),
        Wording("`{name}` 不是本方案的数据", "去掉它；可用的有 {inputs}"),
        "In the facts of one person an unknown name is nearly always a misspelling.",
        "一个人的数据里出现不认识的名称，几乎总是写错了。",
        variants={
            "near": (
                Wording("`{name}` is not an input of this scheme", "did you mean `{near}`?"),
                Wording("`{name}` 不是本方案的数据", "是不是 `{near}`？"),
            ),
            "given": (
                Wording("`{name}` is given, and nothing that this person gets takes it from others",
                        "remove it; to be given: {inputs}"),
                Wording("给出了 `{name}`，但此人的结果不需要从别人那里取得它", "去掉它；需要给出的有 {inputs}"),
            ),
            "given-near": (
                Wording("`{name}` is given, and nothing that this person gets takes it from others",
                        "did you mean `{near}`?"),
                Wording("给出了 `{name}`，但此人的结果不需要从别人那里取得它", "是不是 `{near}`？"),
            ),
            "given-rows": (
                Wording("`{name}` is given once, and each row of `{details}` has its own",
                        "write it in each row of `{details}`, or hand over the groups"),
                Wording("只给出了一个 `{name}`，而 `{details}` 的每一行都有各自的值", "写在 `{details}` 的每一行里，或给出群组的数据"),
            ),
            "given-fact": (
                Wording("`{name}` is given, and stands among the facts of the person as well", "leave out one of them"),
                Wording("`{name}` 已经给出，此人的数据里也有", "去掉其中一处"),
            ),
            "given-twice": (
                Wording("`{name}` is given, and the rows of `{group}` bring it as well", "leave out one of them"),
                Wording("`{name}` 已经给出，`{group}` 的行里也有", "去掉其中一处"),
            ),
        },
    ),
    Code(
        "data-row",
        Severity.ERROR,
        Wording("a row is a mapping of names to values; this is {value}", "give one mapping for each person"),
        Wording("每一行应是名称到值的映射，这里是 {value}", "每人给一个映射"),
        "A row names its values, so that none can slip into the wrong place.",
        "每行都写明名称，数据才不会错位。",
        "[1]",
        '[{"engineer": "G001", "jobs": 12}]',
        {
            "heading": (
                Wording("this line repeats the headings", "remove it: the data begin below the first line"),
                Wording("这一行重复了列名", "删去这一行；列名只在第一行"),
            ),
            "total": (
                Wording("this line is a sum ({value}), not a row of data", "remove it: sums are made by the scheme"),
                Wording("这一行是{value}，不是数据", "删去这一行；合计由方案计算"),
            ),
        },
    ),
    Code(
        "data-handed",
        Severity.ERROR,
        Wording("the {kind} that was handed over cannot be read: {reason}", "run its query alone, and hand over what comes out"),
        Wording("交来的 {kind} 读不出来：{reason}", "先单独执行它的查询，再交来结果"),
        "A lazy frame and a relation are computed when they are read; what their query says in vain is told, and nothing is paid.",
        "延迟计算的表在读取时才执行；查询失败时说明原因，不发任何钱。",
        variants={
            "query": (
                Wording("the {kind} that was handed over cannot be read: {reason}", "run its query alone, and hand over what comes out"),
                Wording("交来的 {kind} 读不出来：{reason}", "先单独执行它的查询，再交来结果"),
            ),
            "library": (
                Wording("a {kind} is read with the library `{library}`, which is not installed", "`python -m pip install {library}`"),
                Wording("读取 {kind} 需要库 `{library}`，尚未安装", "`python -m pip install {library}`"),
            ),
            "heading": (
                Wording("a column is called {value}, which is no text", "give every column of the frame a name that is a text"),
                Wording("有一列的列名是 {value}，不是文字", "给每一列起一个文字列名"),
            ),
        },
    ),
    Code(
        "data-copy",
        Severity.ERROR,
        Wording("{file} and {other} hold the same {count} rows", "leave one of them out: else each row would count twice"),
        Wording("{file} 和 {other} 的 {count} 行完全相同", "去掉其中一个文件，否则每一行都会算两次"),
        "One export that lies there twice, or packed beside itself, would be paid twice.",
        "同一份导出放了两份，或压缩包和原文件并存，就会算两次。",
        variants={
            "same": (
                Wording("{file} is given twice", "name it once: else each row would count twice"),
                Wording("{file} 给了两次", "只写一次，否则每一行都会算两次"),
            ),
        },
    ),
    Code(
        "data-within",
        Severity.WARNING,
        Wording("all {count} rows of {other} stand in {file} too, and count twice",
                "if {other} is a part of {file}, leave it out; if the rows are others, nothing has to be done"),
        Wording("{other} 的 {count} 行在 {file} 中也有，都算了两次",
                "如果 {other} 只是 {file} 的一部分，去掉它；如果确是不同的行，不必改"),
        "A table without a key cannot tell whether a row that stands in two files is one row or two.",
        "没有编号的明细，看不出两个文件中相同的行是一行还是两行。",
    ),
    Code(
        "data-misnamed",
        Severity.ERROR,
        Wording("{file} is read as a file of people and brings nothing of them, while it has the columns of `{name}`: `{heading}`",
                "give it with `--details {name}=FILE`, or call it like the table; if it is of people, take these columns out"),
        Wording("{file} 按人员文件读取，却没有人员的任何数据，却有 `{name}` 的各列：`{heading}`",
                "用 `--details {name}=文件` 提供，或以该表的名称命名；如果确是人员文件，删去这些列"),
        "A file that is not called like a table is one of people: the rows of a table under another name would be lost.",
        "不以表名命名的文件都按人员文件读取；表的行放在别的名称下就会丢失。",
    ),
    Code(
        "data-partly",
        Severity.WARNING,
        Wording("{file} has no row for {count} whom other files know: {keys}; what it brings is missing for them",
                "add their rows if they have these values; else nothing has to be done"),
        Wording("{file} 中没有其他文件里的 {count} 个编号：{keys}；该文件的各项对他们都是缺失",
                "如果他们有这些数据，补上各行；否则不必改"),
        "Files of one table are joined on the key. Somebody too few in one of them may be a slip, or have nothing there.",
        "同一张表的几个文件按编号合并；某个文件缺了人，可能是漏了，也可能本来就没有。",
    ),
    Code(
        "data-unnamed",
        Severity.WARNING,
        Wording("column {number} has no heading, and something stands in {count} of its cells, {value} first: nobody reads them",
                "write the heading that it has lost, or empty the column"),
        Wording("第 {number} 列没有列名，其中有 {count} 格有内容（第一格是 {value}），这些内容没有读取",
                "补上缺失的列名，或清空这一列"),
        "A column is read by its heading. One that lost it brings nothing, and what it had may be missing then.",
        "各列按列名读取；列名丢失的列不会读取，其中的数据可能因此成为缺失。",
    ),
    Code(
        "data-too-many",
        Severity.ERROR,
        Wording("{count} rows, allowed {most}", "split the data, or raise `limits: {limit}` in the scheme"),
        Wording("共 {count} 行，最多 {most} 行", "拆分数据，或在方案的 `限额` 中提高 `{limit_zh}`"),
        "The bounds of every sum rest on the declared limits.",
        "各项合计的上限以声明的行数为前提。",
    ),
)  # fmt: skip

TABLES: tuple[Code, ...] = (
    Code(
        "data-file",
        Severity.ERROR,
        Wording("there is no file {file}", "check the name and the folder"),
        Wording("没有文件 {file}", "检查文件名和所在文件夹"),
        "A data file is an ordinary readable file.",
        "数据文件必须是可以读取的普通文件。",
        variants={
            "folder": (
                Wording("{file} is a folder, not a file", "name the files in it"),
                Wording("{file} 是文件夹，不是文件", "写出其中的文件名"),
            ),
            "none": (
                Wording("the folder {file} holds no csv or json file", "put the data there, or name their files"),
                Wording("文件夹 {file} 中没有 csv 或 json 文件", "把数据放进去，或写出数据文件名"),
            ),
            "special": (
                Wording("{file} is not an ordinary file", "copy it to an ordinary file first"),
                Wording("{file} 不是普通文件", "先另存为普通文件"),
            ),
            "denied": (
                Wording("{file} cannot be read: {reason}", "check its permissions"),
                Wording("无法读取 {file}：{reason}", "检查文件权限"),
            ),
            "large": (
                Wording("{file} is larger than {most} MB", "split it"),
                Wording("{file} 超过 {most} MB", "拆分文件"),
            ),
            "cells": (
                Wording("{file} has more than {most} cells", "keep the rows and columns that the scheme reads"),
                Wording("{file} 超过 {most} 个单元格", "只保留方案要读取的行和列"),
            ),
            "rows": (
                Wording("{file} has more than {most} rows", "split it by period"),
                Wording("{file} 超过 {most} 行", "按周期拆分文件"),
            ),
        },
    ),
    Code(
        "data-format",
        Severity.ERROR,
        Wording("{file} is neither csv nor json", "save it as csv (UTF-8), or as a json list of objects"),
        Wording("{file} 不是 csv 或 json", "另存为 csv（UTF-8），或 json 对象列表"),
        "Rows come as csv, as csv packed with gzip, as a json list of objects, as Parquet, or as a sheet of a workbook (xlsx).",
        "数据用 csv、gzip 压缩的 csv、json 对象列表、Parquet，或工作簿（xlsx）中的一张表。",
        variants={
            "gzip": (
                Wording("{file} is not a complete gzip file", "pack it again"),
                Wording("{file} 不是完整的 gzip 文件", "重新压缩"),
            ),
            "parquet": (
                Wording("{file} is not a complete Parquet file", "write it again, or save it as csv (UTF-8)"),
                Wording("{file} 不是完整的 Parquet 文件", "重新写出，或另存为 csv（UTF-8）"),
            ),
            "library": (
                Wording("{file} is a Parquet file, which the library `{library}` reads, and that is not installed",
                        "install it: `pip install 'incentive_rules[{library}]'`; or save the file as csv (UTF-8)"),
                Wording("{file} 是 Parquet 文件，需要 `{library}` 才能读取，而它没有安装",
                        "安装：`pip install 'incentive_rules[{library}]'`；或另存为 csv（UTF-8）"),
            ),
            "json": (
                Wording("{file} is not valid json: {reason}", "write a list of objects, one for each person"),
                Wording("{file} 不是有效的 json：{reason}", "写成对象列表，每人一个对象"),
            ),
            "list": (
                Wording("{file} does not hold a list of objects", "write one object for each person, all in one `[ ]`"),
                Wording("{file} 不是对象列表", "写成一个 `[ ]`，其中每人一个对象"),
            ),
            "quote": (
                Wording("in this line something stands behind the quotation mark that ends a cell",
                        "take the quotation marks out of the text, or write each of them twice inside the cell"),
                Wording("这一行有一格的引号后面还有文字", "去掉文字中的引号，或在格内把每个引号写两遍"),
            ),
            "unclosed": (
                Wording("the cell that begins with a quotation mark in this line never ends",
                        "close the quotation mark, or remove it"),
                Wording("这一行有一格以引号开头，却没有结束", "补上另一半引号，或删去引号"),
            ),
            "long": (
                Wording("{file} has a cell, or a line, that is longer than is read ({most} characters)",
                        "look for a quotation mark that is not closed, and shorten the cell"),
                Wording("{file} 中有一格或一行过长（超过 {most} 个字符）", "检查引号是否成对，缩短这一格"),
            ),
            "nul": (
                Wording("{file} holds NUL characters: it is not text", "save it anew as `CSV UTF-8 (comma delimited)`"),
                Wording("{file} 含有 NUL 字符，不是文本文件", "重新另存为“CSV UTF-8（逗号分隔）”"),
            ),
            "empty": (
                Wording("{file} is empty", "write a line of headings, then one line for each person"),
                Wording("{file} 是空的", "第一行写列名，以后每人一行"),
            ),
            "separator": (
                Wording("the headings of {file} are separated by {separator}", "save it as csv with commas: `CSV UTF-8 (comma delimited)`"),
                Wording("{file} 的列名用 {separator} 分隔", "另存为“CSV UTF-8（逗号分隔）”"),
            ),
        },
    ),
    Code(
        "data-encoding",
        Severity.ERROR,
        Wording("{file} is not UTF-8",
                "save it as `CSV UTF-8 (comma delimited)`, or say which encoding it has: `--encoding gb18030`"),
        Wording("{file} 不是 UTF-8 编码", "另存为“CSV UTF-8（逗号分隔）”，或用 `--encoding gb18030` 说明编码"),
        "An encoding is never guessed: the wrong one turns names into other names.",
        "编码从不猜测：猜错了，人名会变成别的字。",
        variants={
            "declared": (
                Wording("{file} is not {encoding}", "all files are read in one encoding: save them as csv (UTF-8), and leave `--encoding` out"),
                Wording("{file} 不是 {encoding} 编码", "所有文件按同一种编码读取：都另存为 csv（UTF-8），不写 `--encoding`"),
            ),
            "utf-8": (
                Wording("{file} is UTF-8, and was to be read as {encoding}", "leave `--encoding` out, and save the files that are {encoding} as csv (UTF-8)"),
                Wording("{file} 是 UTF-8 编码，却要按 {encoding} 读取", "不写 `--encoding`；其他文件若是 {encoding} 编码，另存为 csv（UTF-8）"),
            ),
            "unknown": (
                Wording("the encoding {encoding} is not read", "use `utf-8` or `gb18030`"),
                Wording("不支持编码 {encoding}", "用 `utf-8` 或 `gb18030`"),
            ),
            "utf-16": (
                Wording("{file} is UTF-16 (`Unicode text`)", "save it as `CSV UTF-8 (comma delimited)`"),
                Wording("{file} 是 UTF-16（“Unicode 文本”）编码", "另存为“CSV UTF-8（逗号分隔）”"),
            ),
        },
    ),
    Code(
        "data-heading-twice",
        Severity.ERROR,
        Wording("the heading `{heading}` stands twice", "give each column a heading of its own"),
        Wording("列名 `{heading}` 出现了两次", "每列用不同的列名"),
        "Of two columns with one name, the wrong one would be read sooner or later.",
        "两列同名，迟早会读错。",
        "engineer,jobs,jobs\nG001,12,13",
        "engineer,jobs\nG001,12",
        {
            "alike": (
                Wording("the headings `{heading}` and `{other}` differ only in letter case, width or spaces",
                        "give each column a heading of its own"),
                Wording("列名 `{heading}` 与 `{other}` 只有大小写、全半角或空格的差别", "每列用不同的列名"),
            ),
            "both": (
                Wording("`{input}` is given twice: as `{heading}` and as `{other}`", "keep one of them"),
                Wording("`{input}` 给了两次：`{heading}` 和 `{other}`", "只保留一个"),
            ),
            "files": (
                Wording("`{heading}` stands in {file} and in {other}", "keep it in one of the files"),
                Wording("`{heading}` 同时出现在 {file} 和 {other}", "只在一个文件里保留"),
            ),
            "copy": (
                Wording("{file} and {other} have the same columns: {headings}",
                        "leave one of the files out, or keep each column in one of them"),
                Wording("{file} 和 {other} 有相同的列：{headings}", "去掉其中一个文件，或每列只在一个文件里保留"),
            ),
        },
    ),
    Code(
        "data-ragged",
        Severity.ERROR,
        Wording("the headings are {wanted}, the cells of this line {count}",
                "look for a missing or an extra comma; a text or number that holds a comma stands in quotation marks"),
        Wording("列名有 {wanted} 个，这一行有 {count} 格", "检查是否少了或多了逗号；含逗号的文字或数字要用引号括起来"),
        "A line of another length shifts its values into the wrong columns.",
        "格数不对的行会让数据错列。",
        "engineer,jobs\nG001,12,3",
        "engineer,jobs\nG001,12",
    ),
    Code(
        "data-column",
        Severity.ERROR,
        Wording("there is no column `{heading}`", "the columns are {headings}"),
        Wording("没有 `{heading}` 这一列", "现有的列：{headings}"),
        "Every input needs its column; headings are read exactly as the scheme writes them.",
        "每项数据都要有对应的列；列名须与方案一字不差。",
        "engineer,job\nG001,12",
        "engineer,jobs\nG001,12",
        {
            "near": (
                Wording("there is no column `{heading}`", "is it the column `{near}`? rename it"),
                Wording("没有 `{heading}` 这一列", "是不是 `{near}` 列？请改列名"),
            ),
            "blank": (
                Wording("there is no column `{heading}`, but one whose heading has a blank around it: `{near}`", "remove the blank from the heading"),
                Wording("没有 `{heading}` 这一列；有一列的列名首尾带空格：`{near}`", "去掉列名中的空格"),
            ),
            "hidden": (
                Wording("there is no column `{heading}`, but one whose heading holds {character}, which nobody can see", "type that heading anew"),
                Wording("没有 `{heading}` 这一列；有一列的列名中有看不见的字符 {character}", "重新输入这个列名"),
            ),
            "below": (
                Wording("the first line does not have {headings}: these headings stand in line {line}", "remove the lines above it: the headings are the first line of the file"),
                Wording("第一行没有 {headings}：列名在第 {line} 行", "删去上面的标题行；文件的第一行应是列名"),
            ),
            "unnamed": (
                Wording("there is no column `{heading}`, and column {number} has no heading", "write `{heading}` above the column that it is; the columns are {headings}"),
                Wording("没有 `{heading}` 这一列，而第 {number} 列没有列名", "在对应的列上写 `{heading}`；现有的列：{headings}"),
            ),
            "key": (
                Wording("{file} has no column `{heading}` to join it by", "add the key to each file"),
                Wording("{file} 没有用来对应的 `{heading}` 列", "每个文件都要有编号列"),
            ),
        },
    ),
    Code(
        "data-details",
        Severity.ERROR,
        Wording("`{name}` is not a table of this scheme", "it has {names}"),
        Wording("`{name}` 不是本方案的明细或群组", "可用的有 {names}"),
        "Further tables are given by the name that the scheme gives them.",
        "明细按方案中的名称提供。",
        variants={
            "missing": (
                Wording("the detail table `{name}` is not given", "pass `--details {name}=FILE`, or `details=` in Python"),
                Wording("没有提供明细 `{name}`", "加上 `--details {name}=文件`（Python 中用 `details=`）"),
            ),
            "group": (
                Wording("the table `{name}` of groups is not given", "pass `--details {name}=FILE`, or `groups=` in Python"),
                Wording("没有提供群组 `{name}`", "加上 `--details {name}=文件`（Python 中用 `groups=`）"),
            ),
            "people": (
                Wording("the people are not given, and the details do not say all about them", "pass a file with one row a person"),
                Wording("没有提供人员数据，而明细不足以说明每个人", "提供每人一行的文件"),
            ),
            "none": (
                Wording("this scheme has no detail tables; `{name}` is not one", "leave it out"),
                Wording("本方案没有明细，`{name}` 多余", "去掉它"),
            ),
        },
    ),
)  # fmt: skip

CODES: tuple[Code, ...] = (*CELLS, *ROWS, *BELONGING, *TOGETHER, *TABLES, *WORKBOOKS)
