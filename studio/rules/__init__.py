"""Pure decisions: what a programme consists of, what must be spoken and mastered, and why."""
