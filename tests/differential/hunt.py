"""Looks for disagreements with the reference among random programs, and shows the shortest of each kind, made smaller.

    python tests/differential/hunt.py [COUNT [SEED [NAME…]]]

NAME: terms, records, merges, contracts, patterns, library, types, mutations; all of them by default.
"""

from __future__ import annotations

import random
import re
import sys
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from differential.comparison import difference, known
from differential.generator.choices import Choices
from differential.generator.mutation import mutated
from differential.generator.typed import TypedWriter
from differential.generator.writer import Writer
from differential.oracle import run_oracle
from differential.reduction import reduced
from differential.test_generated import SEEDS, called, contracted, matched, merged
from language import Result, TookTooLong, limited, run

WRITERS = {
    "terms": lambda choices: Writer(choices).term("any", (), 4),
    "records": lambda choices: Writer(choices).literal((), 4),
    "merges": merged,
    "contracts": contracted,
    "patterns": matched,
    "library": called,
    "types": lambda choices: TypedWriter(choices).program(),
    "mutations": lambda choices: mutated(choices, SEEDS),
}


def ours_of(source: str) -> Result:
    try:
        with limited(5):
            return run(source)
    except (Exception, TookTooLong) as error:  # noqa: BLE001 - a failure of the engine is what we look for
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        return Result(code="EXCEPTION", message=f"{type(error).__name__} at {place}: {str(error)[:80]}")


def kind_of(reference: Result, ours: Result) -> str:
    """What a disagreement is filed under: texts without what varies."""
    theirs = "a document" if reference.text is not None else f"{reference.code} [{reference.party}]"
    if ours.code == "EXCEPTION":
        return f"{theirs} / {ours.message}"
    return f"{theirs} / " + ("a document" if ours.text is not None else f"{ours.code} [{ours.party}]")


def disagreement(source: str) -> str | None:
    """What kind of disagreement there is about a program, if any."""
    reference, ours = run_oracle(source, seconds=5), ours_of(source)
    if difference(reference, ours) is None:
        return None
    deviation = known(source, reference, ours)
    return f"known: {deviation.name}" if deviation is not None else kind_of(reference, ours)


def hunt(name: str, count: int, seed: int) -> None:
    choices = Choices(random.Random(f"{name} {seed}").randrange)
    shortest: dict[str, tuple[str, str]] = {}
    found: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        source = WRITERS[name](choices)
        reference = run_oracle(source, seconds=5)
        outcomes[reference.code or "document"] += 1
        ours = ours_of(source)
        what = difference(reference, ours)
        if what is None:
            continue
        deviation = known(source, reference, ours)
        kind = f"known: {deviation.name}" if deviation is not None else kind_of(reference, ours)
        found[kind] += 1
        if kind not in shortest or len(source) < len(shortest[kind][0]):
            shortest[kind] = (source, what)
    print(f"== {name}: {count} programs, {sum(found.values())} disagreements; {outcomes.most_common(8)}", flush=True)
    for kind, times in found.most_common():
        source, what = shortest[kind]
        if not kind.startswith("known: "):
            source = reduced(source, lambda candidate, kind=kind: disagreement(candidate) == kind)
            what = difference(run_oracle(source, seconds=5), ours_of(source)) or what
        print(f"{times:5} {kind}\n      {re.sub(chr(10), chr(10) + '      ', source)}\n      -- {what[:300]}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    how_many = int(arguments[0]) if arguments else 300
    first = int(arguments[1]) if len(arguments) > 1 else 0
    for writer in arguments[2:] or WRITERS:
        hunt(writer, how_many, first)
