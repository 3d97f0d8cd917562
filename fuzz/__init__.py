"""Coverage-guided fuzzing of everything that is read from outside: ``make fuzz``, or ``python -m
fuzz NAME --seconds 300`` for one."""
