"""The cases by which a council disposes of land it no longer needs."""

__version__ = "0.6.0"
