"""What a browser may do for our pages: show them. A page says so itself, and the server says it again."""

# No script, no form, no frame, no other host: not even what an escape missed could do anything. Styles stand
# in the page and on its elements (the length of a bar, the place of a tile): no hash covers the latter, and
# without images or fonts from elsewhere a style can tell nobody anything.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
RESPONSE_HEADERS = {
    # Who may frame a page only the server can say.
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
