"""contractlang: a configuration language with contracts.

    import contractlang as cl

    cl.load("config.ncl")                    # plain data: dict, list, str, int, float, bool, None
    cl.loads("{ port | Number = 80 }")       # the same from text
    cl.export("config.ncl", format="yaml")   # text
    cl.check("config.ncl")                   # a list of diagnostics, empty when all is well
    schema = cl.Contract.from_file("schema.ncl")
    schema.validate({"port": 80})            # data with defaults filled in, or ContractError

Everything is imported on first use: `import contractlang` itself costs next to nothing.
"""

from __future__ import annotations

from contractlang.version import __version__

TYPE_CHECKING = False  # `typing` itself takes 8 ms to import
if TYPE_CHECKING:
    from contractlang.api import ConfigError, Contract, ContractError, check, export, load, loads
    from contractlang.diagnostics.model import Diagnostic

__all__ = ["ConfigError", "Contract", "ContractError", "Diagnostic", "__version__", "check", "export", "load", "loads"]


def __getattr__(name: str) -> object:
    if name == "Diagnostic":
        from contractlang.diagnostics.model import Diagnostic

        return Diagnostic
    if name in __all__:
        from contractlang import api

        return getattr(api, name)
    raise AttributeError(f"module 'contractlang' has no attribute {name!r}")
