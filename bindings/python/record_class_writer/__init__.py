"""What `write_record_classes.py` writes: a class, its fields and its verbs for each kind of record.

`fields` says what a value is called and which type it has, `records` writes the classes of one kind of
record, `verbs` its collection, `module` all of it.
"""
