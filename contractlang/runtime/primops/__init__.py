"""Primitive operators in Python, one family a file.

A primitive is a Python function that takes its strict arguments in weak head normal form, then its lazy ones as they are,
and returns a value in weak head normal form. Each family has a table `PRIMITIVES: dict[str, Callable]` keyed by the
operator's name without percents; arities stand in `syntax/primitives.py`. `table.py` joins the families.
"""
