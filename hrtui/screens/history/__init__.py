"""Histories on the screen: who changed a day or a record, and taking a change back."""
