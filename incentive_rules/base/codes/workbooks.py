"""The code about sheets of workbooks: what a spreadsheet shows and its values hide, and workbooks that are not read."""

from __future__ import annotations

from .entry import ERROR, Code, Wording

WORKBOOKS: tuple[Code, ...] = (
    Code(
        "data-sheet", ERROR,
        Wording("{file} is a broken workbook, or one that is written in an unusual way", "open it in a spreadsheet program and save it as xlsx again"),
        Wording("{file} 已损坏，或写法特殊的工作簿", "用 Excel 或 WPS 打开，重新另存为 xlsx"),
        "A workbook shows more than its values say; whatever a value could hide is told with the address of its cell.",
        "工作簿里看到的，值里不一定有；凡是值可能掩盖的，都连同单元格位置指出。",
        variants={
            "library": (
                Wording("{file} is a workbook, which `python-calamine` reads, and that is not installed",
                        "install it: `pip install 'incentive_rules[excel]'`; or save the sheet as csv (UTF-8)"),
                Wording("{file} 是工作簿，需要 `python-calamine` 才能读取，而它没有安装",
                        "安装：`pip install 'incentive_rules[excel]'`；或把工作表另存为 csv（UTF-8）"),
            ),
            "old": (
                Wording("{file} is a spreadsheet, but not xlsx", "open it and save it as xlsx"),
                Wording("{file} 是电子表格，但不是 xlsx", "打开后另存为 xlsx"),
            ),
            "password": (
                Wording("{file} has a password", "open it, take the password off, and save it again"),
                Wording("{file} 设了打开密码", "打开后取消密码，再保存"),
            ),
            "unpacked": (
                Wording("{file} would take more than {most} MB when it is unpacked", "keep the rows and columns that the scheme reads"),
                Wording("{file} 解压后超过 {most} MB", "只保留方案要读取的行和列"),
            ),
            "wide": (
                Wording("{file} reaches to the cell {cell}: more than {most} cells, empty ones too",
                        "delete the rows and columns behind the table, not only what stands in them"),
                Wording("{file} 一直延伸到单元格 {cell}，连空格在内超过 {most} 格", "删除表格之外的整行整列，不只是清空内容"),
            ),
            "entities": (
                Wording("{file} declares entities of XML, which no spreadsheet program writes", "open it and save it as xlsx again"),
                Wording("{file} 含有 XML 实体声明，电子表格软件不会这样写", "打开后重新另存为 xlsx"),
            ),
            "none": (
                Wording("{file} has no sheet `{sheet}`", "its sheets are {sheets}"),
                Wording("{file} 里没有工作表“{sheet}”", "现有工作表：{sheets}"),
            ),
            "several": (
                Wording("{file} has several sheets in which something stands: {sheets}",
                        "name the sheet behind the file, such as `book.xlsx#NAME`"),
                Wording("{file} 有几张有内容的工作表：{sheets}", "在文件名后写明工作表，如 `book.xlsx#表名`"),
            ),
            "hidden": (
                Wording("{file} has no sheet that shows something; it has {sheets}", "show the sheet that is meant, or name it: `book.xlsx#NAME`"),
                Wording("{file} 没有可见且有内容的工作表；现有：{sheets}", "取消隐藏，或写明工作表：`book.xlsx#表名`"),
            ),
            "two": (
                Wording("{file} and `{other}` bring the same table", "take away the one that is not meant"),
                Wording("{file} 和 `{other}` 是同一张表的数据", "去掉不用的那一份"),
            ),
            "hidden_table": (
                Wording("the sheet `{sheet}` of {file} is called like a table of the scheme, and is hidden",
                        "show it, or give it another name"),
                Wording("{file} 的工作表“{sheet}”与方案的表同名，却是隐藏的", "取消隐藏，或改名"),
            ),
            "error": (
                Wording("`{cell}` shows the error `{word}`", "mend its formula, or empty the cell"),
                Wording("`{cell}` 显示错误 `{word}`", "改正公式，或清空这一格"),
            ),
            "formula": (
                Wording("`{cell}` is a formula without a value", "open the workbook, let it calculate, and save it"),
                Wording("`{cell}` 是没有结果的公式", "打开工作簿，重新计算后保存"),
            ),
            "never": (
                Wording("`{cell}` is a formula in a workbook that was never calculated", "open the workbook in a spreadsheet program, and save it"),
                Wording("`{cell}` 是公式，而这个工作簿从未计算过", "用 Excel 或 WPS 打开，保存后再用"),
            ),
            "merged": (
                Wording("the cells `{cell}` to `{last}` are merged: only the first has a value",
                        "unmerge them and fill each cell; take a title above the headings away"),
                Wording("`{cell}` 到 `{last}` 是合并单元格，只有第一格有值", "取消合并，逐格填写；列名上方的标题行请删去"),
            ),
            "heading": (
                Wording("`{cell}` is a heading and holds `{value}`, which is no text", "write the heading as a text"),
                Wording("`{cell}` 是列名，内容 `{value}` 却不是文字", "列名写成文字"),
            ),
            "beyond": (
                Wording("`{cell}` stands right of the last heading", "give its column a heading, or empty it"),
                Wording("`{cell}` 在最后一个列名的右边", "给这一列加上列名，或清空"),
            ),
        },
    ),
)  # fmt: skip
