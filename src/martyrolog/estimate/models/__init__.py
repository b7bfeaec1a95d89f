"""The models: arrays of counts in, an :class:`~martyrolog.estimate.result.Estimate` out.

They know neither archive nor table nor record (import-linter checks it).
"""
