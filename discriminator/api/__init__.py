"""The HTTP service: what the film and the lab do, for programs.

A request hands a job in and is answered at once; whoever has its id and its secret asks how it
stands, fetches what came of it, and has it forgotten. No engine is loaded here: workers beside the
service do the jobs, those that a viewer's photo goes to.
"""
