/**
 * Where a conversation may be held, changed or broken: its three stops, the decisions there, breakpoints and faults.
 * Knows no protocol and no connection.
 */
package dev.mailscope.server.hook;
