"""A sample conversation of an invented tool library, as the mail programs of its members write it."""
