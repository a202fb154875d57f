"""What Lexware Office does with articles (behaviour.md, chapter 6)."""
