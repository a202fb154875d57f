"""What only connections by OAuth may ask for: money, tills, mail, the company itself (partner docs)."""
