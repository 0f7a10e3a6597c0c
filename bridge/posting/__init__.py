"""Where a mail belongs and whose it is: posts, people, threads, identity. Pure."""
