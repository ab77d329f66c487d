"""Pure transformations of sound: timelines, mixing, metering, limiting, mastering."""
