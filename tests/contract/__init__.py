"""The contract of the API, and what checks bodies against it."""
