"""The store: one SQLite file that holds the shop. The only room that knows SQL."""
