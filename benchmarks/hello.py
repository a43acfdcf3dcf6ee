"""The measure of all others: what this machine's gunicorn answers when there is nothing to do."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "6")])
    return [b"hello\n"]
