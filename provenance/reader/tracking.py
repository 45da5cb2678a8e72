"""Parameters of addresses that say how a reader came, and nothing of what is read: left out when addresses are compared."""

from __future__ import annotations

from provenance.reader.words import word_set

_NAMES = word_set(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id mc_cid mc_eid igshid igsh "
    "_ga _gl ref_src ref_url srsltid smid xtor at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 "
    "cmpid cmp ocid ito spm s_kwcid guccounter guce_referrer guce_referrer_sig mkt_tok vero_id vero_conv oly_anon_id "
    "oly_enc_id _openstat wickedid rb_clickid s_cid icid ncid cvid soc_src soc_trk wtrid wt_mc wt_zmc wprov "
    "fb_action_ids fb_action_types fb_source fb_ref action_object_map action_type_map action_ref_map "
    "__twitter_impression amp_js_v amp_gsa usqp _amp __s sr_share xing_share echobox ftag intcmp intcid "
    "sc_channel sc_campaign sc_cid pk_campaign pk_kwd piwik_campaign piwik_kwd matomo_campaign"
)
_PREFIXES = (
    "utm_",
    "utm-",
    "hsa_",
    "_hs",
    "mtm_",
    "ns_",
    "stm_",
    "itm_",
    "_x_tr_",
    "at_campaign",
    "wt_mc",
    "wtmc",
)


def is_tracking(name: str) -> bool:
    """Say whether a parameter of a query only tells how somebody came to the page."""
    low = name.lower()
    return low in _NAMES or low.startswith(_PREFIXES)


def stripped(query: str) -> str:
    """Return a query without its tracking parameters; all others stay as they are written, in their order."""
    return "&".join(pair for pair in query.split("&") if pair and not is_tracking(pair.split("=", 1)[0]))
