"""`rabatt price` for tables of any size: read, priced and written piece by piece.

A file is read twice. The first time tells which orders have rows that are not adjacent (`order_scan`):
those rows are gathered, priced, and kept in files of their own (`gathering`). The second time whole orders
are cut off (`whole_orders`), priced (`chunk_pricing`) and written, as files (`single_files`) or as parts that
a later run can go on from (`parts`). A file of few rows is one piece.
"""
