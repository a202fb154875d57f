"""Money of partners' customers: accounts, transactions, cash boxes (OAuth and the Partner API, chapter 5)."""
