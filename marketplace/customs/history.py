"""The database keeps what was written: figures and confirmations are added to, never changed."""

from marketplace.core.dbrules import declare, grows_only

EXPORT_FIGURES_GROW_ONLY = declare(grows_only("export_figures_grow_only", "customs_exportfigure"))
HS_CONFIRMATIONS_GROW_ONLY = declare(grows_only("hs_confirmations_grow_only", "customs_hsconfirmation"))
