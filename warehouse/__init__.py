"""Where the data is kept: the schema, the private build file, the published file and its releases."""
