"""Operations, answers and vocabularies that others may use."""
