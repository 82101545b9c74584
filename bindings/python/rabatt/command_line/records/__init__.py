"""The commands of the store: a group per kind of record, made from what the store says of its records.

`kinds` says what the records are, `groups` makes their commands, `campaign_verbs` and `audience_verbs` those
that only some have; each command has a module that does it, loaded when it runs.
"""
