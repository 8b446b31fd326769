/** A server for a class: its students from a list, what is handed out to them, and the trace of each. */
package dev.mailscope.server.classroom;
