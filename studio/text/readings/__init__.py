"""Readings by family, one file each: every rule looks at a place and either reads it or passes."""
