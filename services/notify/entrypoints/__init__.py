"""What can be asked of notify, and what it hears: a class for each part of its work (service.py has them all)."""
