"""The answers of comparisons."""

from __future__ import annotations

from contractlang.runtime.values import enum_tag

LESSER = enum_tag("Lesser")
EQUAL = enum_tag("Equal")
GREATER = enum_tag("Greater")
ORDERS = frozenset((LESSER.name, EQUAL.name, GREATER.name))
