"""The rules of courses: what can become of one, who gets a place, what attendance counts, what a certificate needs."""
