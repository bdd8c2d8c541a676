"""A real daemon over a real lab, with everything going wrong that can: `python -m benchmarks.soak`."""
