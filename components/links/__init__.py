"""What a link to the page carries, and what it keeps as it is."""
