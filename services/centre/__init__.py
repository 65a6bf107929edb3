"""The centre as all services must see it alike: its name, its zone, the days and hours on which it is open.

Pure: read from the profile, no store, no clock. Everything that only one service needs stands in that service.
"""
