"""Inviting new employees to fill in their own data: the e-mail, the page, and the answer for the clerk."""
