"""Registers from sheets: a file becomes a table, the table a plan beside what is registered, the plan one act.

    table = read_table(name, data)                       # files: what people send, within bounds
    plan = plan_import(context, kind, unit, table)       # plans: new, changed, same, and what is wrong
    carry_out(context, kind, unit, table, plan.digest)   # actions/imports: all of it or nothing

How rows are known again is told in docs/imports.md.
"""
