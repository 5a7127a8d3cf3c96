"""What stands between Textual and the wire: safe input, a tidy end, and output of changed cells only."""
