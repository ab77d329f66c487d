"""Frozen values without arrays: what the rooms hand to one another."""
