"""One company through both engines: the columnar engine on whole numbers, the referee on the formulas' own text."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from incentive_rules.engine.columnar import ColumnarEngine, Outcome
from incentive_rules.model.data import DataTable, People, Population
from incentive_rules.model.result import Result
from incentive_rules.model.trace import Judgement
from incentive_rules.pipeline import Pipeline
from incentive_rules.reading.cells.cell import read_cell
from incentive_rules.reading.exact import exact_population
from incentive_rules.reading.people import gather
from incentive_rules.reading.population import population_of
from incentive_rules.reading.sources.mappings import read_mappings
from tests.judging.made_people import judge_population
from tests.properties.generated_companies import Company, Row


@frozen
class Done:
    """What the columnar engine found, and whose row each answer is."""

    outcome: Outcome
    population: Population
    keys: tuple[str, ...]

    @property
    def results(self) -> Mapping[str, Result]:
        """Who has a result, by key."""
        found = zip(self.keys, self.outcome.results, strict=True)
        return {key: result for key, result in found if result is not None}


def people_of(pipeline: Pipeline, company: Company) -> People:
    """The rows of a company, given to their owners."""

    def table(rows: list[Row], name: str) -> tuple[DataTable, ...]:
        found, problems = read_mappings(rows, name)
        assert found is not None, problems
        return (found,)

    further = {name: table(rows, name) for name, rows in {**company.details, **company.groups}.items()}
    people, problems = gather(pipeline.checked, table(company.people, "people"), further)
    assert people is not None, problems
    return people


def computed(pipeline: Pipeline, company: Company) -> Done:
    """Everybody through the columnar engine."""
    population, problems = population_of(pipeline.checked, people_of(pipeline, company))
    assert population is not None, problems
    outcome = ColumnarEngine(pipeline.plan, read_cell).run(population)
    keys = tuple(str(row["engineer"]) for row in population.tables[()].rows)
    return Done(outcome, population, keys)


def judged(pipeline: Pipeline, done: Done) -> Mapping[str, Judgement]:
    """Everybody before the referee."""
    found = judge_population(pipeline.checked, exact_population(pipeline.checked, done.population))
    return {done.keys[number]: judgement for number, judgement in found.items()}
