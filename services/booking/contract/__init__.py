"""Operations, answers and vocabularies that other services and the gateway may use."""
