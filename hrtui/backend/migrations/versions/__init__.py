"""One file for each step, append-only; a step that was released is never changed."""
