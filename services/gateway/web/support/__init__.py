"""The pages of the support work: consulting, sales channels, communities, the resource survey, the network."""
