"""Martyrolog: one verifiable record of the victims of mass repression, from scattered lists.

Begin with ``pipeline``, which shows the stages in their order.
"""

__version__ = "0.1.0"
