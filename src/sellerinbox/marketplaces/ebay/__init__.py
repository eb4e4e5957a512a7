"""eBay: Message API v1, Sell Fulfillment v1 and Identity v1, over the authorization-code grant."""
