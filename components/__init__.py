"""What people see: controls, panels, figures, caches. Nothing here decides who is covered;
:mod:`provision` does."""
