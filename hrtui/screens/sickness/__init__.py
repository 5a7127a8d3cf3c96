"""Cases of sickness on the screen: reporting, following, their files, and the lists over all cases."""
