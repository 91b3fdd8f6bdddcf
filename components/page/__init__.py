"""The page as it is served: its form, its frame, its looks."""
