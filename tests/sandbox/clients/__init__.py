"""How published clients of the API talk: every spelling of a request that one of them uses."""
