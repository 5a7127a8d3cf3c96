"""Days on the screen: the month of all people, a person's own calendar, and the year."""
