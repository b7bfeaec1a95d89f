"""Diagnostics of estimates: convergence, overlap of lists, fit by cell, sensitivity."""
