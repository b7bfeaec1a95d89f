"""Synthetic lists of any size for the benchmarks; the generator is ``martyrolog.synthetic``."""
