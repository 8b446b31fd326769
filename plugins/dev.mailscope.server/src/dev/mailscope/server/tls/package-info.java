/** TLS of the server: its certificate, made on first use or the user's own, and how a connection starts it. */
package dev.mailscope.server.tls;
