"""Benchmarks; each compares with what a user would otherwise use, in the same run."""
