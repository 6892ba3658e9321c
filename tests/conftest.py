"""What all tests share: hypothesis profiles."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("default", max_examples=40, deadline=None, suppress_health_check=_QUIET)
settings.register_profile(
    "ci", max_examples=60, deadline=None, suppress_health_check=_QUIET, derandomize=True
)
settings.register_profile("nightly", max_examples=4000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("PACER_HYPOTHESIS_PROFILE", "default"))
