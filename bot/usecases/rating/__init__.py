"""The branch's quarter, from its opening to its close."""
