"""What Lexware Office does with contacts (behaviour.md, chapter 7)."""
