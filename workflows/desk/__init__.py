"""The screens of the desk for renovation requests: deciding, reading, looking at the site, proposing."""
