"""Small forms of the pictures that posts have: drawn in a process of their own, one picture each, and kept."""
