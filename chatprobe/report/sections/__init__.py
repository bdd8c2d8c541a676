"""The topics of the page: each turns what the statistics found about one casino into sentences, pictures and tables."""
