/** What a client does that the RFCs forbid or advise against, found in a recording, event by event. */
package dev.mailscope.server.finding;
