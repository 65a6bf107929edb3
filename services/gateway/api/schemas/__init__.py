"""What the HTTP interface takes and gives. The bounds in the document are the bounds that are enforced.

Services check again what they are asked: any nameko client may call them.
"""
