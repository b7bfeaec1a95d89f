"""Measurements of the stage history."""
