"""Real servers for `make test-services`: started on 127.0.0.1 on free ports, stopped whatever happens."""
