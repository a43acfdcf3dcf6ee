"""Being told: messages written within acts, and their way to people through the channels they chose."""
