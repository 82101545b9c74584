"""The same job in other tools, each as one who knows the tool would write it.

The job: the net of every order line, to the cent. Look up the list price (the customer's price book, else the
item), take every campaign that lists the item, drop those that do not qualify and those that are dearer than
none, keep the highest priority, and of these the lowest net.

What is fair, for all of them and for the engine alike:

- Loading is not timed. Whatever of the day depends on no line is prepared: `day.py` filters the campaigns by
  date, posting, activity, code and currency, and each tool sorts and indexes as it likes best.
- What depends on the line is timed: each look-up, the customer's offers, the choice, the rounding.
- Keys are small integers, as in the engine's batch; no text is looked up.
- The peers answer the net alone. The engine also says which campaign it was, which would cost DuckDB about a
  third more.
- The answer may stay in the tool and in any order; turning it into an array of cents is not timed.
- All run on one thread, unless RABATT_BENCH_THREADS says more.
- Every net of an exact peer is checked against `bench.expected` before its clock starts.
"""

from __future__ import annotations

import os

THREADS = int(os.environ.get("RABATT_BENCH_THREADS", "1"))
os.environ.setdefault("POLARS_MAX_THREADS", str(THREADS))  # Polars reads it when it is imported
