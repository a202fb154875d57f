"""The authorization server (OAuth and the Partner API, chapters 2 and 3)."""
