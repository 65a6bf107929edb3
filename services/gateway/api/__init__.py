"""The HTTP interface: one module per part of it, its schemas beside it. Each operation asks one service."""
