"""Everything on screen. The only room that knows Qt."""
