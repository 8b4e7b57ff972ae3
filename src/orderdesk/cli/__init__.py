"""The command line: everything the window can do to data, for scripts and for machines without a display."""
