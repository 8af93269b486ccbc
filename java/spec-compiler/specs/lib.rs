// Without a target of its own, cargo takes no manifest.
