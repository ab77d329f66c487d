"""Adapters by which a delivery leaves the studio."""
