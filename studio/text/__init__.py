"""Pure transformations of text: from what is written to what is spoken."""
