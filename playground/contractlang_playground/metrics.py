"""Counters and gauges, as text for Prometheus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

Labels = tuple[tuple[str, str], ...]
Sample = tuple[str, Labels, float]

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds."""


class Metrics:
    """What has happened since the start."""

    def __init__(self) -> None:
        self._counters: Counter[tuple[str, Labels]] = Counter()
        self._buckets: Counter[tuple[str, float]] = Counter()
        self._sums: Counter[str] = Counter()

    def count(self, name: str, **labels: str) -> None:
        self._counters[name, tuple(sorted(labels.items()))] += 1

    def observe(self, endpoint: str, seconds: float) -> None:
        """How long a request took, waiting included."""
        self._sums[endpoint] += seconds  # type: ignore[assignment]  # a counter of floats
        for bound in BUCKETS:
            if seconds <= bound:
                self._buckets[endpoint, bound] += 1
        self._buckets[endpoint, float("inf")] += 1

    def text(self, gauges: Iterable[Sample]) -> str:
        """Everything; `gauges` are what is so at this moment."""
        lines: list[str] = []
        seen: set[str] = set()
        samples: list[tuple[str, str, Labels, float]] = [
            ("counter", f"contractlang_playground_{name}_total", labels, value)
            for (name, labels), value in sorted(self._counters.items())
        ]
        samples += [("gauge", f"contractlang_playground_{name}", labels, value) for name, labels, value in gauges]
        for kind, name, labels, value in samples:
            if name not in seen:
                lines.append(f"# TYPE {name} {kind}")
                seen.add(name)
            lines.append(f"{name}{_labelled(labels)} {value:g}")
        name = "contractlang_playground_request_seconds"
        lines.append(f"# TYPE {name} histogram")
        for endpoint, total in sorted(self._sums.items()):
            for bound in (*BUCKETS, float("inf")):
                text = "+Inf" if bound == float("inf") else f"{bound:g}"
                labels = (("endpoint", endpoint), ("le", text))
                lines.append(f"{name}_bucket{_labelled(labels)} {self._buckets[endpoint, bound]}")
            lines.append(f"{name}_sum{_labelled((('endpoint', endpoint),))} {total:g}")
            lines.append(f"{name}_count{_labelled((('endpoint', endpoint),))} {self._buckets[endpoint, float('inf')]}")
        return "\n".join(lines) + "\n"


def _labelled(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}"
