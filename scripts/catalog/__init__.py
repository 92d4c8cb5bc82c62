"""The almanac as data: files to sources to entries to a catalog to text, in one direction."""
