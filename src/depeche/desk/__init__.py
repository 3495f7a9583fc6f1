"""The desk: the record as pages in a browser, each with its JSON twin."""
