"""Who belongs to the organisation: roster, accounts, personal data, offices held for others."""
