"""threadbridge: a bridge between email and forum threads."""

__version__ = "0.1.0"
