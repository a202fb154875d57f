"""
For whoever runs this: is it alive, how fresh is everything, what to do after a restore. It knows no client by name.

    probes ─► health, metrics ─► status         asked by load balancers and Prometheus
    management commands ─► status, restoring    asked in a terminal
"""
