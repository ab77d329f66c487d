"""Sound files: what they are, decoding, encoding, joining."""
