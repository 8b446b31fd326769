package dev.mailscope.lab.device;

import java.time.Duration;
import java.time.Instant;

/**
 * What one synchronisation has cost, and what it has brought.
 *
 * @param when        when it began
 * @param method      how, in words: {@code UIDL}, {@code CONDSTORE} and so on
 * @param connections the connections that were made
 * @param roundTrips  how often the device has waited for the server's answer
 * @param up          octets sent
 * @param down        octets received
 * @param fetched     messages that came to the device
 * @param changed     messages whose flags are others than before
 * @param removed     messages that are no longer on the device
 * @param sent        actions of the user that were carried out on the server
 * @param took        how long it took
 */
public record Ledger(Instant when, String method, int connections, int roundTrips, long up, long down, int fetched,
        int changed, int removed, int sent, Duration took) {
}
