"""What the seller can do: a function per use case, one transaction each."""
