"""Every sentence that people read, written once, by topic."""
