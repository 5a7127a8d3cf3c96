"""What an employer settles on the screen: itself, providers, roles, holidays, work schedules, teams."""
