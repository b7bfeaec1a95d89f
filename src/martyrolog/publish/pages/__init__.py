"""The pages of the site, one module for each kind.

Each offers ``make_pages(site, voice)``: pages that know their path, template and values. A page
knows nothing of how it is written to disk.
"""
