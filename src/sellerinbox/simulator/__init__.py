"""Marketplaces that run on this machine, for the demo, rehearsals and tests.

A made-up shop (`world`) behind eBay's own wire format (`ebay`) on the loopback address
(`server`). It knows the words of the business (`domain`) and nothing else of the program:
what talks to it is the adapter that talks to the real marketplace.
"""
