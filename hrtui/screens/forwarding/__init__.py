"""Forwarding months on the screen: checking, the steps to the yes, what was sent, and unlocking."""
