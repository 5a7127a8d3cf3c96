"""Leave on the screen: its types, what people are granted, requests, and the end of a leave year."""
