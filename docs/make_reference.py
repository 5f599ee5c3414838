"""Write the reference pages that are made from the code: `python docs/make_reference.py`.

`tests/project/test_reference.py` fails while a page differs from what this writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from incentive_rules.base.codes import FAMILIES, Code, Wording
from incentive_rules.cli.exits import MEANS, Exit
from incentive_rules.lang.aggregates import AGGREGATES, AggregateFunction
from incentive_rules.lang.functions import (
    AWARD,
    EVERYONE,
    OPTION_WORDS,
    OPTIONS,
    OTHERS,
    PART,
    PERIOD_NAMES,
    RESERVED_FOR_LATER,
    ROW_FUNCTIONS,
    VALUE,
    OptionWord,
    RowFunction,
)
from incentive_rules.lang.keywords import (
    ALL_BLOCKS,
    BLOCKS,
    CHOICES,
    Block,
    ByForm,
    ByKey,
    Entries,
    Fields,
    Form,
    Items,
    OneOf,
    TableRows,
    TextAs,
    Vocabulary,
)
from incentive_rules.lang.pay import NET, RESULTS, USUAL, kinds_in
from incentive_rules.loading.shape.json_schema import write_schemas

REFERENCE = Path(__file__).parent / "reference"

FAMILY_TITLES = (
    "Bytes and YAML",
    "The shape of a document",
    "Tables, groups and examples",
    "Formulas",
    "What a scheme means",
    "People, groups and rows",
    "Values",
    "Tables",
    "Promises",
    "Hints",
    "Rules that pay otherwise than they read",
    "Using a scheme",
    "Data",
    "Records",
    "Audits",
    "Counterexamples that are kept",
)


def errors_page() -> str:
    """Every code, with its wording in both languages, why the rule exists, and a wrong and a right example."""
    return "\n".join(
        (
            "# Errors",
            "",
            "Every finding has a code. Codes are words and keep their meaning; `incentive-rules help CODE` shows an",
            "entry of this page in the terminal. `{holes}` are filled with the names and numbers of your scheme.",
            "",
            *(f"- [{title}](#{_anchor(title)})" for title in FAMILY_TITLES),
            "",
            *(
                line
                for title, family in zip(FAMILY_TITLES, FAMILIES, strict=True)
                for line in (f"## {title}", "", *(line for code in family for line in _code(code)))
            ),
        )
    )


def _sums_of_pay() -> Iterator[tuple[str, str, str]]:
    """The sums that a scheme with pay defines, in the order of statements."""
    for total, chinese in RESULTS.items():
        kinds = kinds_in(total)
        lines = f"the lines of kind `{kinds[0].name}`"
        paid = kinds[0].total + "".join(f" {'plus' if x.sign > 0 else 'less'} {x.total}" for x in kinds[1:])
        usual = f"{lines}, the money of honours, and the shortfall"
        said = paid if total == NET[0] else usual if kinds[0] is USUAL else lines
        yield f"`{total}`", f"`{chinese}`", said


# What each scheme of a language calls its own results; `tests/third` reads them here.
OWN_RESULTS = (
    ("`total`", "`总分`", "the score of all indicators that have a weight"),
    ("`grade`", "`等级`", "the grade, unless the rows of `grades` name their results"),
    *_sums_of_pay(),
    ("`wage_floor`", "`工资下限`", "the amount of the wage floor"),
    ("`shortfall`", "`下限补足`", "what lacks to the wage floor, never below 0; a line of kind `earning`"),
)


def functions_page() -> str:
    """Every function of the language, from the one table that parser, checker and engines read."""
    return "\n".join(
        (
            "# Functions",
            "",
            "English and Chinese spellings mean the same and may be mixed with names in any script.",
            "",
            "## Of values",
            "",
            "| function | 中文 | arguments | what it gives | example |",
            "| --- | --- | --- | --- | --- |",
            *map(_row_function, ROW_FUNCTIONS),
            "",
            f"`{VALUE[0]}(indicator)`, 中文 `{VALUE[1]}(指标)`, is what an indicator measured;",
            "the bare name is its score.",
            "",
            "Where the second argument of `clamp` is above the third, the second decides:",
            "`clamp(x, low, high)` is `max(low, min(x, high))`.",
            "",
            "## Of many rows or members",
            "",
            "`f(formula, over=, where=, within=)`. `over` names a detail table, a table of groups, `everyone` (the",
            "accepted people in scope), `others` (those of the same `within` but oneself: `count`, `sum`, `mean` and",
            "`share` only), a `repeat` family, an indicator group (inside, `part` is a part's score) or a selection.",
            "It may be left out where the formula reads names of exactly one table; a family is always named. Rows",
            "where `where` does not hold, or whose value is missing, are skipped. Of no rows `sum` and `count` are",
            "0, and every other aggregate is missing. `min` and `max` aggregate when they have one argument.",
            "",
            "`within` names the group whose rows come together: a category or key that the rows carry, or their",
            "owners; the key of people for each person's own rows; `everyone` for all. Without it, and for every",
            "aggregate alike, rows of a detail table are those of one owner (a person's tickets, a ticket's visits),",
            "and people or groups that `over` names are all of them, in a formula of a group too. There people are",
            "those of the group without `over`: in a block of departments `sum(points)` is the department's sum, and",
            "`sum(points, over=everyone)` the company's. Groups are made by the people in scope; one that a table of",
            "groups brings may have no members.",
            "",
            "`rank` and `running` give a value to each row, the others one value to all rows together. For a row that",
            "`where` leaves out, or whose value is missing, both are missing; so is the place of a row that lacks a",
            "value of `then`. A row without a weight does not count for a weighted mean.",
            "",
            "The `n=` of `best` is a number from 1 to 1000, or a formula of whole numbers from 0 to 1000 that is never",
            "missing: `best(score, over=rounds, n=min(4, count(over=rounds)))`. It is read as any part of the formula",
            "around the aggregate, not where the rows stand, and must be one for all that share the value: of a",
            "department's `best` it is a value of the department. Where it is 0, no value is taken, and `best` is",
            "missing, as it is of no rows. `个数=` 也可以写算式，如 `个数=取小(4, 计数(范围=各轮))`：",
            "它与外层公式一样读取，不在各行中读取；取 0 到 1000 的整数，不会缺失；部门的值要用部门的个数。",
            "为 0 时一个值也不取，结果缺失。",
            "",
            "An order must tell the rows apart. Rows that share a place in the order of `running` are refused,",
            "whatever their values, and so is the owner of rows that share the last place in the order of `latest`",
            "and differ; also where a condition keeps the formula from needing the value.",
            "",
            "Of `percentile`, 0% by `\"at_least\"` is the smallest value and 100% by `\"more_than\"` the largest.",
            "",
            "`min_rows` of an indicator counts, for each aggregate over detail rows that stands in the formula of its",
            "`value:` and is worked out, the rows where `where` holds and the value is known, and its weight where the",
            "mean has one. Where one has fewer, the indicator is missing, whatever the formula makes of the aggregate",
            "(`coalesce(mean(rating), 0)` too).",
            "",
            "| function | 中文 | options | what it gives | example |",
            "| --- | --- | --- | --- | --- |",
            *map(_aggregate, AGGREGATES),
            "",
            *_table(("option", "word", "中文", "what it means"), map(_option_word, OPTION_WORDS)),
            "A word of an option stands in quotes, in either spelling.",
            "Options in Chinese: " + ", ".join(f"`{zh}=` is `{en}=`" for zh, en in OPTIONS.items() if zh != en) + ".",
            "",
            "## Names of ours",
            "",
            *_table(("name", "中文", "what it is"), _own_names()),
            "## Names of results",
            "",
            "A scheme has those of its own language, and no others.",
            "",
            *_table(("name", "中文", "what it is"), OWN_RESULTS),
            "## Reserved",
            "",
            "These words are taken and cannot yet be used: "
            + ", ".join(f"`{name}`" for name in RESERVED_FOR_LATER)
            + ".",
            "",
        )
    )


def _code(code: Code) -> Iterator[str]:
    yield from (f"### {code.name}", "", f"*{code.severity}*", "")
    yield from _wordings(code.en, code.zh)
    for name, (english, chinese) in code.variants.items():
        yield from (f"Also, as `{name}`:", "", *_wordings(english, chinese))
    yield from (line for why in (code.why_en, code.why_zh) if why for line in (why, ""))
    language = "csv" if code.name.startswith("data-") and not code.wrong.startswith("format") else "yaml"
    for label, example in (("Wrong:", code.wrong), ("Right:", code.right)):
        if example:
            yield from (label, "", f"```{language} fragment", *example.rstrip("\n").split("\n"), "```", "")


def _wordings(english: Wording, chinese: Wording) -> Iterable[str]:
    for wording in (english, chinese):
        help_text = f"<br>help: {_cell(wording.help)}" if wording.help else ""
        yield f"> {_cell(wording.message)}{help_text}"
        yield ">" if wording is english else ""


def _row_function(function: RowFunction) -> str:
    least, most = function.least, function.most
    count = f"{least} or more" if most is None else str(least) if least == most else f"{least} to {most}"
    count += "".join(f", `{name}=`" for name in function.options)
    cells = (f"`{function.name}`", f"`{function.chinese}`", count, f"{function.meaning_en}<br>{function.meaning_zh}")
    return "| " + " | ".join((*map(_cell, cells), f"`{function.example}`")) + " |"


def _aggregate(function: AggregateFunction) -> str:
    options = ", ".join(f"`{name}=`" for name in function.options)
    cells = (f"`{function.name}`", f"`{function.chinese}`", options, f"{function.meaning_en}<br>{function.meaning_zh}")
    return "| " + " | ".join((*map(_cell, cells), f"`{function.example}`")) + " |"


def _option_word(word: OptionWord) -> tuple[str, ...]:
    option = f"`{word.option}=` of `{word.of}`"
    return option, f'`"{word.english}"`', f'`"{word.chinese}"`', f"{word.meaning_en}<br>{word.meaning_zh}"


def _own_names() -> Iterator[tuple[str, ...]]:
    """Names that the language gives, beside those of functions."""
    meant = (
        (EVERYONE, "after `over=`: the accepted people in scope; after `within=` and `each`: all of them as one"),
        (OTHERS, "after `over=`: everyone of the same `within` but oneself"),
        (PART, "in an aggregate over an indicator group: the score of each part; a name that you may use otherwise"),
        (AWARD, "`award(honour)`: the money of an honour"),
    )
    for (english, chinese), meaning in meant:
        yield f"`{english}`", f"`{chinese}`", meaning
    for english, chinese in PERIOD_NAMES.items():
        yield f"`{english}`", f"`{chinese}`", "a constant of the period being run, unless you define the name"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    head = tuple(head)
    yield from ("| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |")
    yield from ("| " + " | ".join(map(_cell, row)) + " |" for row in rows)
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def keywords_page() -> str:
    """Every keyword of every block, from the one table that loading, editors and error messages read."""
    return "\n".join(
        (
            "# Keywords",
            "",
            "A scheme is written in English or in Chinese keywords; its first line, `format: 1` or `格式: 1`, decides",
            "which, and the two are not mixed. Names may be in any script. What a text means depends on its place:",
            "nothing needs quotes except a text that holds a mark of YAML. `tbd` (待定) may stand for anything that is",
            "still open while `status` is `draft`.",
            "",
            *(line for block in ALL_BLOCKS for line in _block(block)),
            "## Words",
            "",
            *(line for choice in CHOICES for line in _choice(choice)),
        )
    )


def _block(block: Block) -> Iterator[str]:
    yield from (f"## {block.en[0].upper()}{block.en[1:]} · {block.zh}", "")
    yield from ("| key | 中文 | value | needed | meaning | example |", "| --- | --- | --- | --- | --- | --- |")
    for field in block.fields:
        example = f"`{field.example}`" if field.example else ""
        needed = "yes" if field.required else ""
        meaning = f"{field.meaning_en}<br>{field.meaning_zh}"
        cells = (f"`{field.key}`", f"`{field.chinese}`", _form(field.form), needed, meaning, example)
        yield "| " + " | ".join(map(_cell, cells)) + " |"
    yield ""


def _choice(choice: Vocabulary) -> Iterator[str]:
    yield from (f"### {choice.name}", "", "| word | 中文 | meaning |", "| --- | --- | --- |")
    for word in choice.words:
        meaning = f"{word.meaning_en}<br>{word.meaning_zh}" if word.meaning_en else ""
        yield "| " + " | ".join(map(_cell, (f"`{word.english}`", f"`{word.chinese}`", meaning))) + " |"
    yield ""


def _form(form: Form) -> str:
    """What may stand behind a key, in a few words."""
    match form:
        case TextAs(reads=reads):
            return "`tbd`" if reads == "hole" else str(reads).replace("_", " ")
        case OneOf(choice=choice):
            return f"a word of [{choice.name}](#{choice.name})"
        case Items(of=of, exactly=exactly):
            return f"list of {exactly or ''} {_form(of)}".replace("  ", " ")
        case Entries(of=of, names=names):
            return f"{'names' if names else 'labels'}, each with {_form(of)}"
        case TableRows():
            return "rows"
        case Fields(block=name):
            return f"[{BLOCKS[name].en}](#{_anchor(f'{BLOCKS[name].en} · {BLOCKS[name].zh}')})"
        case ByKey(then=then, otherwise=otherwise):
            return f"{_form(otherwise)} or {_form(then)}"
        case ByForm(text=text, mapping=mapping, items=items):
            return " or ".join(_form(f) for f in (text, mapping, items) if f is not None)


def exit_codes_page() -> str:
    """How a command ends, for the programs that call it."""
    return "\n".join(
        (
            "# Exit codes",
            "",
            "What `incentive-rules` ends with; 命令结束时的退出码. A number keeps its meaning for ever.",
            "",
            *_table(("code", "name", "meaning", "含义"), (
                (str(code.value), f"`{code.name.lower()}`", *MEANS[code]) for code in Exit
            )),
            "In Python a scheme with errors is a `SchemeError`, refused data are a `DataError`, and engines that",
            "differ are an `EnginesDiffer`.",
            "",
        )
    )  # fmt: skip


PAGES: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "exit_codes.md": exit_codes_page,
    "functions.md": functions_page,
    "keywords.md": keywords_page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), "utf-8")
    write_schemas()
    write_schemas(Path(__file__).parents[1] / "schemes")  # where the first lines of the schemes name them
