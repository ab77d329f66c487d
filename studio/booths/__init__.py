"""Booths: where lines become sound."""
