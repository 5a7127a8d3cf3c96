"""The command line: what `hrtui` does before and beside the month grid."""
