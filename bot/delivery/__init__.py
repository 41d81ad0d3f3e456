"""The postman: takes due letters, renders, sends and marks them."""
