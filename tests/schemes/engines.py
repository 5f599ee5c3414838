"""A scheme in both exact engines at once: no value leaves here that the two do not agree on."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from attrs import frozen

import incentive_rules as ir
from incentive_rules.judging.judge import PopulationReferee
from incentive_rules.model.data import DataRow, People
from incentive_rules.model.exact_values import as_constant
from incentive_rules.model.levels import PERSON
from incentive_rules.model.result import Result
from incentive_rules.model.run import Run
from incentive_rules.model.terms import Constant
from incentive_rules.model.trace import Judgement
from incentive_rules.reading.exact import exact_population
from incentive_rules.reading.population import population_of
from incentive_rules.reading.values import one_person
from incentive_rules.recomputing.differences import differences

SCHEMES = Path(__file__).resolve().parents[2] / "schemes"

Row = Mapping[str, object]
Details = Mapping[str, Sequence[Row]]


@frozen
class Engines:
    """The scalar engine and the referee for one scheme and period."""

    pipeline: ir.Pipeline

    def score(self, row: Row, details: Details | None = None) -> dict[str, Constant]:
        """Every quantity of the person; numbers are fractions, missing is None."""
        result = self.pipeline.score(row, details or None)
        self.agree(result, *one_person(self.pipeline.checked, row, details or {}))
        return {name: as_constant(value) for name, value in result.items() if not isinstance(value, tuple)}

    def agree(self, result: Result, row: DataRow, details: Mapping[str, tuple[DataRow, ...]]) -> None:
        assert list(differences(result, self.pipeline.judge(row, details))) == []

    def run(self, people: People) -> Run:
        """Everybody together; the referee agrees with every name of everybody who was paid."""
        run = self.pipeline.run(people)
        results = {result.key: result for result in run.results}
        for key, judgement in self.judged(people, results):
            assert list(differences(results[key], judgement)) == [], key
        return run

    def judged(self, people: People, keys: Container[str]) -> Iterator[tuple[str, Judgement]]:
        """What the referee finds of these people, among all the others."""
        population, problems = population_of(self.pipeline.checked, people)
        assert population is not None, problems
        everybody = PopulationReferee(self.pipeline.checked, exact_population(self.pipeline.checked, population))
        for number, key in enumerate(population.tables[PERSON].keys):
            if key in keys:
                yield key, everybody.judge(number)

    def refusals(self, row: Row, details: Details | None = None) -> set[str]:
        """The codes of the problems for which the row is refused."""
        try:
            self.pipeline.score(row, details or None)
        except ir.DataError as error:
            return {problem.code for problem in error.problems}
        return set()


def compiled(text: str, period: str) -> Engines:
    return Engines(ir.compile(text=text, period=period))


def as_fraction(value: object) -> Fraction | None:
    """A number of a result, None where it is missing."""
    found = as_constant(value)
    assert found is None or isinstance(found, Fraction)
    return found
