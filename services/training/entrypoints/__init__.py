"""What can be asked of training, and what it hears: a class for each part of its work (service.py has them all)."""
