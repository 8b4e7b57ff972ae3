"""The set-up and its locks."""
