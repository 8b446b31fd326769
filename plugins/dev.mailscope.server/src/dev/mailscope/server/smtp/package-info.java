/**
 * SMTP (RFC 5321): mail that arrives. A library speaks the protocol; what is here says who gets the mail, checks what
 * the library does not, and makes each delivery one transaction of the state.
 */
package dev.mailscope.server.smtp;
