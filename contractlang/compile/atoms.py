"""Atoms: the Python names and literals that statements of the generated code are made of."""

from __future__ import annotations


def is_constant_name(atom: str) -> bool:
    """Whether an atom is a literal or a constant of the module."""
    return not (atom[0] in "vxs" and atom[1:].isdigit())


def is_small(atom: str) -> bool:
    """Whether an atom is an integer literal that is small enough to compute with at once."""
    return len(atom) < 10 and (atom.isdigit() or (atom[0] == "-" and atom[1:].isdigit()))
