"""What the support work is asked, what it answers, and what it hears."""
