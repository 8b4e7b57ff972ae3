"""What the screens and the command line read from the store."""
