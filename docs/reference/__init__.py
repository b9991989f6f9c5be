"""The pages of reference of the manual, drawn from the program itself."""
