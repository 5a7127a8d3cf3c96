"""What the law asks about personal data: handing all of it out, and erasing people in time."""
