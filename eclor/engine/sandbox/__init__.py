"""SQL that strangers write: read, checked against what is allowed, and run in a process that can be killed.

Four walls, each enough alone for what it guards: the text is rewritten from a syntax tree of which every node is on a
list (`reading`), or word by word by a grammar that holds little (`plain`); DuckDB sees the files of the question's own
tables and nothing else, its settings locked (`running`); the process holds no secret, and may neither write a file nor
grow beyond its memory (`child`); who starts it kills it when its time is over.
"""
