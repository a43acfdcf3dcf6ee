"""The words of the pages: written for the sample district, as a residents' committee would publish them."""
