"""What whoever runs the program needs of it: where it stands, whether it is well, and what it has done.

The rest of `app` knows of this room where requests come in and the tally (tally.py), in which it counts what happens.
"""
