"""How the shop's file came to its present layout, step by step. Each step holds its own statements and is never edited."""
