"""An audit: of each measure the people, what may be shown of them, and every figure of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from attrs import frozen

from .comparisons import AskedComparison, comparisons, standardised
from .dispersion import grade_flips, indicator_figures, inequality
from .report import Audit, AuditFigure, AuditQuestion, GroupFigures, Grouping, LeftOut, Measured, NotShown
from .samples import Sample, in_steps, quarters, sample_of
from .suppression import Memberships, Released, released
from .teams import sizes_of_teams

Samples = dict[tuple[str, str], Sample]  # by category ("" for all) and group


def audited(question: AuditQuestion) -> Audit:
    """Every figure of what is asked: of each measure in turn, then of the indicators and of noise."""
    figures: list[AuditFigure] = []
    groups: list[GroupFigures] = []
    left_out: list[LeftOut] = []
    not_shown: list[NotShown] = []
    notes: list[tuple[str, str]] = []
    people = {}
    for measured in question.measured:
        one = _Looked(question, measured)
        people[measured.name] = one.n
        left_out += one.left_out
        for place, grouping in enumerate(one.by):
            for within in range(-1, len(question.within) if place < len(question.by) else 0):
                of_groups, of_pairs, hidden = one.section(place, within)
                groups += of_groups
                figures += of_pairs
                not_shown += hidden
                if within < 0 and place < len(question.by):
                    notes += _alone(grouping, place, of_groups, one)
        everyone = one.everyone()
        if everyone.n >= max(question.min_group, 1):
            groups.append(one.group(("", "", "", ""), everyone, ()))
        figures += inequality(measured, everyone, question)
    figures += indicator_figures(question)
    figures += grade_flips(question)
    return Audit(
        tuple(figures), tuple(groups), people, tuple(left_out), tuple(not_shown), question.min_group,
        question.confidence, question.limits, tuple(dict.fromkeys(notes)),
    )  # fmt: skip


def _alone(
    grouping: Grouping, place: int, shown: Sequence[GroupFigures], one: _Looked
) -> Iterator[tuple[str, str]]:
    """That there is nothing to compare, or that some groups are not shown; and why."""
    known = {label for label in grouping.labels if label is not None}
    if any(cell.within < 0 and cell.by == place for cell in one.may.hidden):
        yield "hidden_groups", grouping.name
    elif len(shown) < 2:
        yield ("one_group" if len(known) == 1 else "no_group" if not known else "few_groups", grouping.name)


@frozen(init=False)
class _Looked:
    """One measure, the people who are known in it, and what may be shown of them."""

    question: AuditQuestion
    measured: Measured
    by: tuple[Grouping, ...]
    step: Fraction
    units: Mapping[Memberships, Sequence[int]]  # of whom everything is known
    may: Released
    left_out: tuple[LeftOut, ...]

    def __init__(self, question: AuditQuestion, measured: Measured) -> None:
        steps = in_steps(measured.values)
        assert steps is not None, "whoever asks has seen that these numbers have a common step"
        by = (*question.by, *(sizes_of_teams(one, question.min_group) for one in question.within))
        rows = range(len(measured.values))
        labels = [grouping.labels for grouping in by]
        categories = [grouping.labels for grouping in question.within]
        own = labels[: len(question.by)]
        atoms = [
            None if steps.units[row] is None or any(column[row] is None for column in own)
            else (*[column[row] for column in labels], *[column[row] for column in categories])
            for row in rows
        ]  # fmt: skip
        units: dict[Memberships, list[int]] = {}
        for atom, unit in zip(atoms, steps.units, strict=True):
            if atom is not None and unit is not None:
                units.setdefault(atom, []).append(unit)
        counted = {atom: len(found) for atom, found in units.items()}
        overall = range(len(question.by), len(by))
        may = released(counted, len(by), len(question.within), question.min_group, overall)
        missing = [LeftOut(measured.name, "missing", measured.name, sum(unit is None for unit in steps.units))]
        missing += [
            LeftOut(measured.name, "missing", one.name, sum(label is None for label in one.labels))
            for one in question.by
        ]  # fmt: skip
        few = sum(n for atom, n in counted.items() if atom not in may.people)
        few_known = None if 0 < few < question.min_group else few
        names = ", ".join(dict.fromkeys(by[place].name for place, _ in sorted(may.small)))
        left_out = [one for one in missing if one.count]
        left_out += [LeftOut(measured.name, "small", names, few_known)] if few else []
        self.__attrs_init__(question, measured, by, steps.step, units, may, tuple(left_out))

    @property
    def n(self) -> int:
        return sum(len(self.units[atom]) for atom in self.may.people)

    def everyone(self) -> Sample:
        """All who stand in any figure."""
        return sample_of(chain.from_iterable(self.units[atom] for atom in self.may.people), self.step)

    def samples(self, place: int, within: int) -> Samples:
        """The values of each group that may be shown, by category."""
        found: dict[tuple[str, str], list[int]] = {}
        may = {(cell.category, cell.group) for cell in self.may.groups if (cell.by, cell.within) == (place, within)}
        for atom in self.may.people:
            category = "" if within < 0 else atom[len(self.by) + within]
            cell = (category or "", atom[place] or "")
            if cell in may and category is not None:
                found.setdefault(cell, []).extend(self.units[atom])
        return {cell: sample_of(units, self.step) for cell, units in sorted(found.items())}

    def section(
        self, place: int, within: int
    ) -> tuple[list[GroupFigures], list[AuditFigure], list[NotShown]]:
        """The groups of one `by`, at all or in each category, what they were paid, and how they compare."""
        question, grouping = self.question, self.by[place]
        samples = self.samples(place, within)
        name = "" if within < 0 else question.within[within].name
        asked = AskedComparison(self.measured, grouping.name, name, question)
        groups: list[GroupFigures] = []
        figures: list[AuditFigure] = []
        for category in dict.fromkeys(category for category, _ in samples):
            here = {group: sample for (one, group), sample in samples.items() if one == category}
            here = {group: here[group] for group in _in_order(here, grouping)}
            bands = quarters(here) if within < 0 and not self.measured.is_share else {}
            for group, sample in here.items():
                groups.append(self.group((grouping.name, name, category, group), sample, bands.get(group, ())))
            figures += comparisons(asked, category, here)
        if within >= 0:
            figures += standardised(asked, samples, self.samples(place, -1))
        return groups, figures, self._hidden(place, within)

    def group(
        self, where: tuple[str, str, str, str], sample: Sample, bands: tuple[Fraction, ...]
    ) -> GroupFigures:
        """What people of one `by`, `within`, category and group were paid."""
        all_may = self.question.min_group == 1  # the least and the greatest are what single people are paid
        return GroupFigures(
            self.measured.name, *where, sample.n, self.measured.is_share, sample.mean, sample.median,
            float(sample.variance) ** 0.5 if sample.n > 1 else None, Fraction(sample.above_zero, sample.n), bands,
            sample.least if all_may else None, sample.greatest if all_may else None,
        )  # fmt: skip

    def _hidden(self, place: int, within: int) -> list[NotShown]:
        if within < 0:
            return []
        hidden = [cell for cell in self.may.hidden if (cell.by, cell.within) == (place, within)]
        if not hidden:
            return []
        categories, name = len({cell.category for cell in hidden}), self.question.within[within].name
        return [NotShown(self.measured.name, self.by[place].name, name, len(hidden), categories)]


def _in_order(groups: dict[str, Sample], grouping: Grouping) -> list[str]:
    """The groups in their own order, else by their names."""
    place = {group: number for number, group in enumerate(grouping.order)}
    return sorted(groups, key=lambda group: (place.get(group, len(place)), group))
