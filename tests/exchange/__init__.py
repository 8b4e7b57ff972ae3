"""Files of the world, read through the front door and compared with what they say."""
