"""What crosses booking's borders: commands and questions in, answers out, events of others heard."""
