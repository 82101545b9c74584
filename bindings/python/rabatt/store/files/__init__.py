"""Records out of files and into files: `load` of a collection, `write` of rows that were found."""
