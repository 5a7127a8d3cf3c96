"""The month grid without a screen: what each key does to the calendar, and what it says about it."""
