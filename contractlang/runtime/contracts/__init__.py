"""Contracts: one kind a file, one protocol (`base.Contract`); `apply.py` dispatches over everything that can be a contract."""
