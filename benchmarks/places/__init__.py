"""The gazetteer checked against what it was taken from."""
