"""Speed and memory, run by hand with `make bench` and quoted in docs/benchmarks.md."""
