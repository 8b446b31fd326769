/**
 * The server's side of SASL (RFC 4422): which mechanisms are offered, and their exchanges as octets in, octets out.
 * Knows neither sockets nor Base64; a protocol brings both.
 */
package dev.mailscope.server.sasl;
