"""The launchers' own code, standard library alone: makes the environment, then runs the program or the check in it."""
