"""A job that never becomes ready: it sleeps while it is imported."""

import time

time.sleep(600)
