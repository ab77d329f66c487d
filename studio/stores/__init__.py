"""Adapters that keep things: takes, masters, carts, cards, documents, sound files."""
