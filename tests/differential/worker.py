"""A process that runs programs on the reference: one JSON request a line in, one JSON answer a line out.

It is a process of its own because the reference can loop, abort or overflow its stack.
"""

from __future__ import annotations

import json
import os
import resource
import sys

# A diverging program must end in this process's death, not the machine's.
MEMORY = 3 << 30


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import nickel

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # `std.trace` and panics write to the standard streams, which carry answers here.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    for line in sys.stdin:
        source, import_paths = json.loads(line)
        try:
            answer = {"text": nickel.run(source, import_paths)}
        except nickel.NickelException as error:
            answer = {"error": str(error)}
        except BaseException as panic:  # noqa: BLE001 - a panic of the reference derives from BaseException
            answer = {"panic": str(panic)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
