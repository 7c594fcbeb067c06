"""The persistent cache: exported documents, and the generated code of programs and of the standard library."""
