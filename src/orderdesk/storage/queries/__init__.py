"""What the screens and the command line ask of the store: a row dataclass and a select for each."""
