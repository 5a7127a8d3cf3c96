"""The account at the backend on the screen: activating, logging in, password, second steps and devices."""
