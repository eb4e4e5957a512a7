"""A terminal inbox for people who sell alone on marketplaces."""

__version__ = "0.1.0"
