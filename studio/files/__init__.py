"""Frozen models of everything a file holds, with their JSON Schemas."""
