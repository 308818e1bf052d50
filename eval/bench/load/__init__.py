"""How a service bears many clients, with and without articles coming in meanwhile.

``python -m eval.bench.load`` starts a service of its own and asks it over HTTP.
"""
