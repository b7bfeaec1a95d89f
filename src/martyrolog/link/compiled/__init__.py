"""Loops over millions of pairs, compiled by numba; loaded only where there are many records.

Each module has a plain counterpart in NumPy, which serves small inputs (nothing is compiled for
them) and which the tests hold it to: ``blocks`` does what ``link.blocking`` does, ``screen`` drops
only pairs that the full comparison would drop.
"""
