"""Yes and no in query parameters, in all the words the API's framework reads (our choice)."""

# PHP's http_build_query writes 1 and 0, .NET True and False.
WORDS = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


def flag(text: str) -> bool | None:
    """What a parameter says; None if it is neither yes nor no."""
    return WORDS.get(text.strip().lower())
