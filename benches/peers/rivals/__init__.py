"""One module per engine that pedshed is compared with; each runs in a process of its own."""
