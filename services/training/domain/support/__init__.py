"""The rules of the support work: consulting, sales channels, the grant programme, the resource survey, the network."""
