"""Floors under the figures: what holds now has to hold after the next change too."""
