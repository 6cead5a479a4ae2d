"""Person-level rows: the least coarsening under which everybody stands among k. Language 1 publishes none of it."""
