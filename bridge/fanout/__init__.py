"""Who hears of a post, and the letter that tells it. Pure."""
