"""To whom rows belong: to people, to rows of other tables, to groups; and what is said of rows that are nobody's."""
