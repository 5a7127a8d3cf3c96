"""Files about cases of illness: histories, overviews, calendars. They hold no reason of any illness."""
