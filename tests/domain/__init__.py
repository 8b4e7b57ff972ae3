"""The rules of the shop in plain Python, tried against their words."""
