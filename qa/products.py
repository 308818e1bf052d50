"""Matrix products take one thread each.

Those of a question are small, and questions come from several threads. OpenBLAS would share out
every product among all cores, and let whoever waits for a core turn in circles on one: on two cores
four clients at once got 0.1 answers a second, and 4.0 with one thread a product.
"""


def take_one_thread_each() -> None:
    """See to it, for this process. ``index.embed`` has threads of its own."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
