"""How a register file comes in: tables, headings, rows, who is who, the plan that is applied."""
