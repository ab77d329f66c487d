"""The tabs of the page, one builder each."""
