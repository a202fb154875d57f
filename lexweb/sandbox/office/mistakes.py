"""What people get wrong."""


class Mistake(ValueError):
    """What somebody typed or pressed cannot be done; the text says why, to be shown."""
