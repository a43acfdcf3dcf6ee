"""The sample district: six communities, five real cases with the figures of the reports, pictures drawn by us.

Everything happens through the actions, at the dates of the cases. Where what comes from is written in docs/demo.md.
"""
