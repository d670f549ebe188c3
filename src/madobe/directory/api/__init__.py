"""The directory for machines: HSDS 3.0 under /api/hsds/, read-only, public, without cookies."""
