"""What callers are shown: times in the centre's zone, names in the caller's language, and no more than is theirs."""
