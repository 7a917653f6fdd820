"""HTML → PDF/A-3a and PDF/UA-1 in one file. The only importer of WeasyPrint."""
