"""The first centre's booking as it would be kept on paper: a second, plain account of its rules (DOMAIN, Booking).

It shares no code with services/booking, so that a fault in one is seen by the other. Slow, small, without concurrency.
"""
