"""Pure scoring: rule sets, points, ranks, outcomes and the explanation of every number."""
