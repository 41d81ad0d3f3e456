"""The words that every room shares: people, actions, who may do what, periods, working days."""
