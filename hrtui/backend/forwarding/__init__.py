"""Forwarding at the backend: the commands of clerks, the queue of deliveries and its channels."""
