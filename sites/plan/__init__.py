"""Plans of land to a true scale: what is drawn, the sheet it is drawn on, and the file of it."""
