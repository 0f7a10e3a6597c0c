"""People read: pages, feeds, downloads, and the one-click unsubscribe."""
