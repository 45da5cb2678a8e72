"""How the bytes rest: WARC, CDXJ and WACZ, read strictly and written once. This storey knows no news."""
