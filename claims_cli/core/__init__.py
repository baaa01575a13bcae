"""What is true of claims: values, dates, relations. No input or output, no database, no clock."""
