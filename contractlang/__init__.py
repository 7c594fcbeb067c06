"""contractlang: a configuration language with contracts."""
