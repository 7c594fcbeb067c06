"""What a worker does with a job: the engine's entry points, over the files of the job, within its limits."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback

from contractlang import engine
from contractlang.diagnostics.model import Diagnostic
from contractlang.diagnostics.render_json import diagnostic_json
from contractlang.loaders.disk import DiskLoader
from contractlang.loaders.loader import Loader
from contractlang.loaders.memory import MemoryLoader
from contractlang.loaders.overlay import OverlayLoader
from contractlang.source import Source, Span
from contractlang.workspace.workers.job import Answer, Job, Limits, failure

_MOST_TRACES = 1000
_LONGEST_TRACE = 10_000


def evaluate(job: Job, limits: Limits, base: int) -> Answer:
    """The answer to a job, whatever happens. `base`: MiB that the process has in use when it idles."""
    start = time.perf_counter()
    traces: list[str] = []
    try:
        answer = _answered(_run(job, limits, base, traces), job.disk, limits)
    except MemoryError:
        answer = failure("limit-memory", "the memory limit was reached", status=3)
    except RecursionError:
        answer = failure("limit-depth", "the program is nested too deeply", status=3)
    except Exception as error:  # noqa: BLE001 - the last resort: a mistake of ours must not end the worker
        with contextlib.suppress(OSError):
            traceback.print_exc(limit=-30, file=sys.stderr)
        answer = failure("internal", f"internal error: {type(error).__name__}", status=70)
    answer.traces = traces
    answer.seconds = time.perf_counter() - start
    return answer


def _run(job: Job, limits: Limits, base: int, traces: list[str]) -> engine.Outcome:
    def trace(message: str) -> None:
        if len(traces) < _MOST_TRACES:
            traces.append(message[:_LONGEST_TRACE])

    options = engine.Options(
        import_paths=job.import_paths,
        import_root=job.import_root,
        timeout=limits.timeout,
        max_depth=limits.depth,
        max_memory=base + limits.memory,
        max_errors=limits.errors,
        max_number_bits=limits.number_bits,
        max_string_length=limits.string_length,
        max_array_length=limits.array_length,
        max_output_nodes=limits.output_nodes,
        cache="off",
        edition=job.edition,
        trace=trace,
        fixes=job.kind == "check",
    )
    loader = _loader(job)
    match job.kind:
        case "check":
            return engine.check([job.main], options, contracts=job.contracts, loader=loader)
        case "export":
            return engine.export(
                [job.main], job.format, options, field=job.field, contracts=job.contracts, loader=loader
            )
        case "eval":
            return engine.evaluate([job.main], options, field=job.field, contracts=job.contracts, loader=loader)
        case "query":
            return engine.query(job.main, options, field=job.field, loader=loader)
        case other:
            raise ValueError(other)


def _loader(job: Job) -> Loader:
    if not job.disk:
        loader = MemoryLoader(directory=job.directory or "/", import_root=job.import_root)
        for path, text in job.files.items():
            # A program may hold half a surrogate pair while somebody types.
            loader.put(path, text.encode("utf-8", "replace"))
        return loader
    overlay = OverlayLoader(DiskLoader(job.directory or os.getcwd(), import_root=job.import_root))
    for path, text in job.files.items():
        overlay.open(path, text)
    return overlay


def _answered(outcome: engine.Outcome, absolute: bool, limits: Limits) -> Answer:
    if outcome.text is not None and len(outcome.text) > limits.output:
        message = f"the document would have more than {limits.output:,} characters"
        return failure("limit-output-size", message, status=3)
    if absolute:
        for source in _sources(outcome.diagnostics):
            if source.path is not None and not source.path.startswith("<"):
                source.name = source.path
    codes = [diagnostic.code for diagnostic in outcome.diagnostics if diagnostic.code.startswith("limit-")]
    return Answer(
        text=outcome.text,
        diagnostics=[diagnostic_json(diagnostic) for diagnostic in outcome.diagnostics],
        hidden=outcome.hidden,
        status=outcome.status,
        limit=codes[0] if codes else None,
    )


def _sources(diagnostics: list[Diagnostic]) -> list[Source]:
    """The sources that diagnostics point into."""
    spans: list[Span | None] = []
    for diagnostic in diagnostics:
        spans += [label.span for label in diagnostic.labels]
        spans += [fix.span for fix in diagnostic.fixes]
        if diagnostic.blame is not None:
            spans.append(diagnostic.blame.at)
            if diagnostic.blame.contract is not None:
                spans.append(diagnostic.blame.contract.at)
    return [span.source for span in spans if span is not None]
