/**
 * Imports: what somebody else has recorded becomes a recording. Packets of a capture (pcap, pcapng) are put together
 * again to what each side of a TCP connection said; from that the events are made as a session makes them; and what the
 * server held is inferred from what it told, in two passes: the first finds what was there, the second tells it in
 * order.
 */
package dev.mailscope.server.capture;
