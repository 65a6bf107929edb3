"""The record: who decided what, and who saw whose contact data. For staff and auditors."""
