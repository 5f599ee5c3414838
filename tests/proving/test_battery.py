"""Planted defects are found, with the right verdict and the blame on the right line; sound edits raise no alarm."""

from __future__ import annotations

import pytest

import incentive_rules as ir
from incentive_rules.model.verdict import Status
from incentive_rules.proving.prove import verdicts_of
from tests.proving.planted import Planted, Said, planted, said_of, scheme_text

DEFECTS = {one.name: one for one in planted("planted")}
SOUND = {one.name: one for one in planted("sound")}
LEAST_PLANTED, LEAST_FOUND, LEAST_SOUND = 70, 62, 24
quiet = pytest.mark.filterwarnings("ignore::incentive_rules.base.errors.SchemeWarning")


def comes_close(defect: Planted, said: Said) -> bool:
    """Whether a promise whose breach nobody was found to show is not proved, and the right line is blamed."""
    blamed = any(defect.blame in line for line in said.lines)
    return bool(defect.waits) and blamed and said.verdict in (Status.UNKNOWN, Status.TESTED, defect.due)


def test_enough_is_planted_of_different_kinds() -> None:
    assert len(DEFECTS) >= LEAST_PLANTED
    assert len(SOUND) >= LEAST_SOUND
    assert len({tuple(one.edit.items()) for one in DEFECTS.values()}) == len(DEFECTS)


@quiet
@pytest.mark.parametrize("name", [one.name for one in DEFECTS.values() if not one.promise])
def test_what_a_document_shows_is_found_by_check(name: str) -> None:
    """A defect that needs no people to be seen; one that is missed is not found in silence."""
    defect = DEFECTS[name]
    assert said_of(defect).finds(defect) is not bool(defect.missed)


SHOWN = [one.name for one in DEFECTS.values() if one.promise]
SOME = [name for name in SHOWN if not DEFECTS[name].waits][::8]  # a search takes seconds: the others are the night's


@quiet
@pytest.mark.thorough
@pytest.mark.parametrize(
    "name", [name if name in SOME else pytest.param(name, marks=pytest.mark.nightly) for name in SHOWN]
)
def test_what_people_show_is_refuted(name: str) -> None:
    defect = DEFECTS[name]
    said = said_of(defect)
    assert said.finds(defect) or comes_close(defect, said), said


@quiet
@pytest.mark.nightly
def test_most_of_the_battery_is_found() -> None:
    """The table of what was found, for who asks with `-s`; at least so many are, and those that are not say why."""
    found = []
    for defect in DEFECTS.values():
        said = said_of(defect)
        found.append(said.finds(defect))
        print(f"{'found    ' if found[-1] else 'not found'}  {defect.due:20} {defect.name}")
        assert found[-1] or defect.waits or defect.missed, (defect.name, said)
    print(f"{sum(found)} of {len(found)} found")
    assert sum(found) >= LEAST_FOUND


@quiet
@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", SOUND)
def test_a_sound_edit_raises_no_alarm(name: str) -> None:
    sound = SOUND[name]
    before = {one.code for one in ir.check(text=scheme_text(sound.scheme), period=sound.period).diagnostics}
    report = ir.check(text=sound.text, period=sound.period)
    assert report.ok, report
    assert {one.code for one in report.diagnostics} <= before, report
    verdicts = verdicts_of(ir.compile(text=sound.text, period=sound.period).checked)
    assert not [one for one in verdicts if one.status is Status.REFUTED]
    proved = {one.promise for one in verdicts if one.status is Status.PROVED}
    assert "better_never_pays_less" in proved or not verdicts, verdicts


@quiet
@pytest.mark.nightly
@pytest.mark.parametrize("name", SOUND)
def test_nobody_is_found_who_shows_a_sound_edit_broken(name: str) -> None:
    sound = SOUND[name]
    assert not [one for one in ir.prove(text=sound.text, period=sound.period).verdicts if one.status is Status.REFUTED]
