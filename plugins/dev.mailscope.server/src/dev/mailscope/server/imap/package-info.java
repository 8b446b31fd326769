/**
 * IMAP sessions (RFC 3501): {@link dev.mailscope.server.imap.ImapSession} keeps the phase and says whose turn it is;
 * {@code ImapInput} makes commands of octets; each command, or small family, is a class named by its verb, executed in
 * a {@code Turn} (one state or one transaction) that ends with telling the client what it does not know yet.
 */
package dev.mailscope.server.imap;
