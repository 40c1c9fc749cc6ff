"""The sample: what the thirty districts would send. Real communes, simulated everything else, marked so."""

from tasks.sample.write import SampleFile, SampleSummary, write_sample

__all__ = ["SampleFile", "SampleSummary", "write_sample"]
