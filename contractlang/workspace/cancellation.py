"""Giving up what nobody waits for any more."""

from __future__ import annotations


class Cancelled(Exception):
    """A query was given up: the workspace has changed since its snapshot was taken, or its owner asked for it."""
