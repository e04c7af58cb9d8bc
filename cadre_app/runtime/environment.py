"""Finds the data folder and reads the addresses and keys that `up` wrote there."""


def load_for_command(argv: list[str]) -> list[str]:
    return argv
