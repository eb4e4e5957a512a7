"""Widgets: they show what they are given and post messages; they know no inbox."""
