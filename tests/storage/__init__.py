"""The shop's file: its settings, what it refuses, how it survives disks and other programs."""
