"""The tone of a letter: whether it apologizes once, plainly, and says what the customer can hold on to. English only."""
