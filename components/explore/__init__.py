"""What is asked of many runs at once: each panel of the group "Explore" is answered by a file here, in parts."""
