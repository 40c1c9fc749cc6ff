"""The sample: what the thirty districts would send. Real communes, simulated everything else, marked so."""

from tasks.sample.write import PlantedFault, SampleFile, SampleSummary, write_sample

__all__ = ["PlantedFault", "SampleFile", "SampleSummary", "write_sample"]
