"""What a user sets, from the table of settings to the experiment that they make."""
