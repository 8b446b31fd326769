/**
 * What each part of a line means, in either direction. Computed when somebody looks, from the octets and the moment;
 * whatever the octets are, there is an explanation of each. What the words mean is in {@code imap.terms} and
 * {@code pop3.terms}.
 */
package dev.mailscope.server.explain;
