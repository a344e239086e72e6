"""Countries, regions, time zones and telephone numbers: told and understood without asking anybody."""
