"""The world's files in and out: formats as declared profiles, one reader for all, and the exports."""
