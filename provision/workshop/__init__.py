"""For the room: the story that is presented, and the record of the session that follows it."""
