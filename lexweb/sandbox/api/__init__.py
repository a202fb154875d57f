"""The API behind /v1: a gateway, and the resources behind it."""
