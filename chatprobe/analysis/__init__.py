"""Pure statistics: plain rows in, numbers with their uncertainty out."""
