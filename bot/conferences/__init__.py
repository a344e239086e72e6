"""The Annual Conferences: what is set for one, its agenda and AGM, and who takes part."""
