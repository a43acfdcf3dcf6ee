"""How gunicorn serves Linli. The address is given on the command line."""

from cms.logs import LOGGING

wsgi_app = "cms.wsgi"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # one fixed place in the home directory would be shared by all
logconfig_dict = LOGGING
