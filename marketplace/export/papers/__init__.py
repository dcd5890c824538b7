"""Papers of a consignment: one set of facts, written as PDF, XLSX and JSON."""
