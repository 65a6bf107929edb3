"""What others may ask of this service: operations, answers and vocabularies."""
