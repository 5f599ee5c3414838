"""Random schemes about people together, as YAML text, and random companies that meet their ranges.

Formulas are drawn from a list that holds every aggregate, step and option of the language; each may read
what was drawn before it. With `everyone` false nothing looks beyond a team or a project.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from attrs import frozen

TEAMS, CITIES, PROJECTS = ("甲", "乙", "丙"), ("north", "south"), ("P1", "P2", "P3")
PARTS, METHODS = ("0%", "25%", "50%", "75%", "100%", "33.3%"), ("at_least", "more_than", "linear")
MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")

Row = dict[str, object]

HEAD = """\
format: 1
scheme: company
effective: {first_day: 2026-01-01, last_day: 2026-12-31}
period: quarter
currency: CNY
limits: {max_people: 200, max_rows_per_person: 100}
inputs:
  engineer: {type: key}
  team: {type: category, one_of: [甲, 乙, 丙, 丁]}
  city: {type: category}
  jobs: {type: integer, range: [0, 12]}
  points: {type: number, decimals: 1, range: [0, 9], can_be_missing: true}
  load: {type: integer, range: [1, 6]}
  flag: {type: boolean}
  wage: {type: money, range: [0, 9000]}
applies_to: load < 6
require:
  - jobs <= 2 * load
groups:
  teams:
    key: team
    inputs:
      goal: {type: integer, range: [1, 9]}
      budget: {type: money, range: [0, 900]}
  projects:
    key: project
    inputs:
      fund: {type: money, range: [0, 500]}
      accepted: {type: boolean}
details:
  orders:
    belongs_to: engineer
    key: order
    inputs:
      hours: {type: number, decimals: 1, range: [0, 9], can_be_missing: true}
      day: {type: integer, range: [1, 999]}
      late: {type: boolean}
    quantities:
      of_row: 'OF_ROW'
  steps:
    belongs_to: orders
    inputs:
      effort: {type: integer, range: [0, 7]}
  shares:
    belongs_to: [engineer, project]
    inputs:
      part: {type: integer, range: [0, 5], can_be_missing: true}
selections:
  timely: {over: orders, where: not late}
"""

# What a quantity may be; `{r}` is a rounding, `{n}` a name of a person's number drawn before, `{g}` a group.
QUANTITIES = (
    "sum(jobs, over=everyone, within={g})",
    "coalesce(mean(points, over=everyone, within={g}), 0){r}",
    "count(flag, over=everyone, within={g})",
    "count(over=everyone, where={n} > 1, within={g})",
    "max({n}, over=everyone, within={g})",
    "min({n}, over=everyone, where=flag, within={g})",
    "share(flag, over=everyone, within={g}){r}",
    "variance(jobs, over=everyone, within={g}){r}",
    "best({n}, over=everyone, within={g}, n=2)",
    'percentile({n}, {p}, over=everyone, within={g}, method="{m}"){r}',
    'rank({n}, over=everyone, ties="{t}", first="{f}", within={g})',
    'rank({n}, ties="{t}", where=flag, within={g})',
    "sum({n}, over=others, within={g})",
    "mean(jobs, over=others, within={g}){r}",
    "share(flag, over=others, where=load > 1, within={g}){r}",
    "{n} - coalesce(mean({n}, over=everyone, within={g}), 0){r}",
    "ratio(jobs, sum(jobs, over=everyone, within={g})){r}",
    "goal * load",
    "sum(hours)",
    "mean(hours){r}",
    "count(over=timely)",
    "sum(effort)",
    "max(effort, where=effort > 2)",
    "best(hours, n=2)",
    "latest(hours, order=[day])",
    'percentile(hours, {p}, method="{m}"){r}',
    "variance(hours, over=timely){r}",
    "sum(hours, within={g})",
    "count(late, within={g})",
    "sum(part, within=project)",
    "count(over=shares)",
    "sum(part * (2 if accepted else 1))",
    "coalesce(max(part, within=project), 0) * 2",
)
ROW_QUANTITIES = (
    "coalesce(hours, 0) * 2", "sum(effort)", "running(hours, order=[day])", "count(effort > 3)", "jobs + day",
)  # fmt: skip
WEIGHTS = ("jobs", "coalesce(points, 0)", "points", "load", "jobs / load", "jobs * (1 if flag else 0)")


@frozen
class Company:
    """The rows of everybody, by table; people who do not stand in `people` are nobody's."""

    people: list[Row]
    details: dict[str, list[Row]]
    groups: dict[str, list[Row]]

    def shuffled(self, rng: Random) -> Company:
        """The same rows in another order."""

        def mixed(rows: Iterable[Row]) -> list[Row]:
            found = list(rows)
            rng.shuffle(found)
            return found

        return Company(
            mixed(self.people), {name: mixed(rows) for name, rows in self.details.items()},
            {name: mixed(rows) for name, rows in self.groups.items()},
        )  # fmt: skip


def scheme_text(rng: Random, everyone: bool = True) -> str:
    """A whole scheme."""
    return HEAD.replace("OF_ROW", rng.choice(ROW_QUANTITIES)) + "".join(_Writer(rng, everyone).sections())


class _Writer:
    def __init__(self, rng: Random, everyone: bool) -> None:
        self.rng = rng
        self.groups = ("everyone", "team", "city", "team") if everyone else ("team",)
        self.numbers = ["jobs", "load", "wage / 100"]

    def sections(self) -> Iterable[str]:
        yield self.quantities()
        yield self.indicators()
        yield self.pay()
        yield self.honors()

    def filled(self, text: str) -> tuple[str, str]:
        """A formula with its holes filled, and what follows it."""
        rng = self.rng
        formula, rounded, _ = text.partition("{r}")
        found = formula.format(
            g=rng.choice(self.groups), n=rng.choice(self.numbers), p=rng.choice(PARTS), m=rng.choice(METHODS),
            t=rng.choice(("standard", "modified", "dense")), f=rng.choice(("high", "low")),
        )  # fmt: skip
        more = f", decimals: {rng.choice((0, 2, 4))}, rounding: {rng.choice(MODES)}" if rounded else ""
        return found, more

    def quantities(self) -> str:
        lines = ["quantities:\n"]
        for i, text in enumerate(self.rng.sample(QUANTITIES, self.rng.randint(3, 9))):
            formula, more = self.filled(text)
            lines.append(f"  q{i}: {{is: '{formula}'{more}}}\n")
            if "within=project" not in formula:
                self.numbers.append(f"coalesce(q{i}, 0)")
        lines.append("  of_rows: sum(of_row)\n")
        wide = len(self.groups) > 1
        pool = self.pool("everyone" if wide else "team", "300", "goal" if wide else "load")
        to = "      to: team\n" if wide else ""
        lines.append(f"  handed_down:\n    type: money\n    pool:\n{pool}{to}")
        return "".join(lines)

    def indicators(self) -> str:
        rng = self.rng
        value = rng.choice(("points", "jobs", "sum(hours)", "ratio(jobs, load)"))
        return (
            "indicators:\n"
            f"  one: {{weight: 60%, better: higher, value: '{value}', score: {{points: {{0: 0, 5: 60, 9: 100}}}}}}\n"
            "  two: {weight: 40%, better: higher, value: 'load', score: {from: {5: 100, 3: 50}, else: 0}}\n"
            f"total: {{missing: {rng.choice(('reweigh', 'zero'))}}}\n"
            f"grades:\n  of: total\n  within: {rng.choice(self.groups)}\n"
            "  shares: {A: {share: 30%, factor: 1.5}, B: {share: 45%, factor: 1}, C: {share: 25%, factor: 0.5}}\n"
            f"  rounding: {rng.choice(MODES)}\n  ties: {rng.choice(('all', 'none'))}\n"
        )

    def pool(self, each: str, amount: str, weight: str) -> str:
        rng = self.rng
        lines = [f"      each: {each}\n      amount: '{amount}'\n      in_proportion_to: '{weight}'\n"]
        lines.append(f"      cents: {rng.choice(('largest_remainder', 'webster', 'keep_remainder'))}\n")
        return "".join(lines)

    def pay(self) -> str:
        rng = self.rng
        lines = ["pay:\n  plain: {amount: 'wage * coalesce(factor, 0) + 10 * coalesce(total, 0)'}\n"]
        each = rng.choice(self.groups)
        amount = {"team": "budget", "everyone": "1000.37", "city": "333.33"}[each]
        lines.append(f"  bonus:\n    pool:\n{self.pool(each, amount, rng.choice(WEIGHTS))}")
        if rng.random() < 0.5:
            lines.append(f"      at_most: '{rng.choice(('100', '7.77', '10 * load', 'wage / 30'))}'\n")
        if rng.random() < 0.5:
            lines.append(f"      among: 'flag'\n      left_out: {rng.choice(('shared', 'kept'))}\n")
        if each == "team" and rng.random() < 0.5:
            lines.append("      when: 'goal > 3'\n")
        lines.append("  project_bonus:\n    pool:\n      each: project\n      amount: 'fund'\n      to: shares\n"
                     f"      in_proportion_to: '{rng.choice(('part', 'part * load', 'coalesce(part, 1)'))}'\n")  # fmt: skip
        if rng.random() < 0.5:
            lines.append("      when: 'accepted'\n")
        lines.append("  fee: {kind: deduction, amount: 'wage * 8%'}\n")
        lines.append("  from_above: {amount: 'handed_down / 10'}\n")
        return "".join(lines)

    def honors(self) -> str:
        rng = self.rng
        places = rng.choice((
            "2", "{share: 40%, of: eligible, rounding: half_up, at_least: 1}", "{share: 30%, of: group, rounding: down}",
            "{number: 3, at_most: 2}",
        ))  # fmt: skip
        among = "    among: 'flag or jobs > 3'\n" if rng.random() < 0.7 else ""
        first = rng.choice(("total", "points", "jobs / load"))
        return (
            f"honors:\n  star:\n    within: {rng.choice(self.groups)}\n{among}    best_by: [{first}, load]\n"
            f"    places: {places}\n    ties: {rng.choice(('all', 'none'))}\n    award: '{rng.choice(('100', '50 * load'))}'\n"
        )


def company(rng: Random, most: int = 9) -> Company:
    """People of a company, their tickets and shares, and its teams and projects."""
    people = [_person(rng, f"G{n:03d}") for n in range(rng.randint(1, most))]
    orders, steps, shares = [], [], []
    for person in people:
        for number in range(rng.choice((0, 1, 1, 2, 3))):
            order = f"{person['engineer']}-{number}"
            hours = None if rng.random() < 0.2 else Decimal(rng.randint(0, 90)) / 10
            orders.append({"engineer": person["engineer"], "order": order, "hours": hours, "day": len(orders) + 1,
                           "late": rng.random() < 0.5})  # fmt: skip
            steps += [{"order": order, "effort": rng.randint(0, 7)} for _ in range(rng.randint(0, 2))]
        for project in rng.sample(PROJECTS, rng.randint(0, 2)):
            part = None if rng.random() < 0.2 else rng.randint(0, 5)
            shares.append({"engineer": person["engineer"], "project": project, "part": part})
    teams = [
        {"team": team, "goal": rng.randint(1, 9), "budget": Decimal(rng.randint(0, 90000)) / 100}
        for team in (*TEAMS, "丁")
    ]
    projects = [
        {"project": project, "fund": Decimal(rng.randint(0, 50000)) / 100, "accepted": rng.random() < 0.7}
        for project in PROJECTS
    ]
    return Company(people, {"orders": orders, "steps": steps, "shares": shares}, {"teams": teams, "projects": projects})


def _person(rng: Random, key: str, team: str | None = None) -> Row:
    load = rng.choice((1, 2, 3, 3, 4, 5, 6))
    points = None if rng.random() < 0.2 else Decimal(rng.choice((0, 25, 50, 90))) / 10
    return {
        "engineer": key, "team": team or rng.choice(TEAMS), "city": rng.choice(CITIES),
        "jobs": rng.randint(0, 2 * load), "points": points,
        "load": load, "flag": rng.random() < 0.6, "wage": Decimal(rng.randint(0, 900000)) / 100,
    }  # fmt: skip


def stranger(rng: Random) -> Row:
    """Somebody of a team that has nobody else."""
    return _person(rng, "Z999", "丁")
