"""What whoever runs a playground can choose."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from contractlang.workspace.workers.job import Limits

_PROCESSORS = os.cpu_count() or 1


def _evaluation_limits() -> Limits:
    return Limits(
        timeout=5.0,
        memory=256,
        depth=50_000,
        output=2_000_000,
        errors=100,
        grace=1.0,
        number_bits=2_000_000,
        string_length=20_000_000,
        array_length=5_000_000,
        output_nodes=500_000,
    )


@dataclass(slots=True, frozen=True)
class Settings:
    """`limits`: of one evaluation; `evaluations`: how many run at once, of which one address gets `evaluations_each` at most, and
    those that have used much lately leave `reserve` to the others; one that takes more than `patience` seconds gives way to all
    that the machine has to do besides. `waiting`: how many may wait in all, `waiting_each` of one
    address.

    `rate` and `burst`: requests of one address, a second and at once; `editors` and `editors_each`: language servers in all
    and of one address; `idle`: seconds after which a silent one ends; `messages` and `message_burst`: of one, likewise.
    `body`, `frame`: bytes; `files`: their number. `trusted_proxies`: networks whose `X-Forwarded-For` is believed;
    `frame_ancestors`: who may frame `/embed`; `origins`: other origins that may use the language server.
    """

    limits: Limits = field(default_factory=_evaluation_limits)
    evaluations: int = field(default_factory=lambda: 4 * _PROCESSORS + 4)
    evaluations_each: int = 2
    reserve: int = field(default_factory=lambda: 3 * _PROCESSORS + 4)
    patience: float = 0.25
    waiting: int = 512
    waiting_each: int = 64
    rate: float = 20.0
    burst: int = 60
    editors: int = 150
    editors_each: int = 16
    idle: float = 600.0
    messages: float = 60.0
    message_burst: int = 400
    body: int = 1 << 20
    frame: int = 1 << 20
    files: int = 100
    trusted_proxies: tuple[str, ...] = ()
    frame_ancestors: str = "*"
    origins: tuple[str, ...] = ()
    public_metrics: bool = False
    zygote: bool = True
