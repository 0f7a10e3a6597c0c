"""The doctor: looks at all that an installation stands on, and says of each fault what cures it."""
