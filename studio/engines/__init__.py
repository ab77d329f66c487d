"""Speech engines: adapters that know nothing of each other."""
