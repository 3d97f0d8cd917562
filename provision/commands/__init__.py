"""The commands of ``python -m provision``, by what they are about. A group is a module with
``COMMANDS``; ``GROUPS`` lists them."""
