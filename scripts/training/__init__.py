"""From an announcer's recordings to a voice card: the recordings checked, a VITS trained by Coqui, the card written."""
