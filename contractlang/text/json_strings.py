r"""Strings as JSON: in quotes, `\"`, `\\`, `\b`, `\f`, `\n`, `\r`, `\t` and `\u00xx` for other control characters, the rest raw.

The standard library's encoder follows these very rules. Its package takes a millisecond to import, so the function that is behind
it is asked for first.
"""

from __future__ import annotations

try:
    from _json import encode_basestring as json_string
except ImportError:  # an implementation of Python that has no such module
    from json.encoder import encode_basestring as json_string

__all__ = ["json_string"]
