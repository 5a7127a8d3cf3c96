"""Pay components on the screen: their types, amounts for many people, and one person's own."""
