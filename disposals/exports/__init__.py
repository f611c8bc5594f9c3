"""Files that leave the register for other programs."""
