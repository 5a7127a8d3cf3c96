"""Rules about illness for the Netherlands and Belgium; none of them knows why anybody is ill."""
