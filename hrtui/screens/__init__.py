"""The screens: each listens to keys, asks the editor or the store, and shows what came of it."""
