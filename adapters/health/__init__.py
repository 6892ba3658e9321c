"""How Pacer fares, for whoever runs it: liveness, readiness, metrics."""
