/**
 * POP3 (RFC 1939) with the extension mechanism (RFC 2449) and the response codes of RFC 3206: framing, parsing, the
 * four phases, and the session that goes through them.
 */
package dev.mailscope.server.pop3;
