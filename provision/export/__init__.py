"""Tables as rows and as JSON, in the stable forms that the command line gives out."""
