"""The page's parts: pure functions of their arguments that return Dash components, Plotly figures or plain JSON.

Imports only `optim`. Knows no web server, no cache, no app object and no request.
"""
