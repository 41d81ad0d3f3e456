"""Measurements: the rehearsal of a whole organisation, and cost beside a bare peer."""
