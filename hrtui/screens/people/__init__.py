"""People on the screen: the list, one person's record, contracts, and somebody new."""
