/**
 * Targets of the fuzzer ({@code ./mailscope fuzz}): each takes octets and throws when the code it feeds them to does what
 * it must not. What the fuzzer found worth keeping lies in {@code resources/fuzz}, and {@code FuzzCorpusTest} replays it.
 */
package dev.mailscope.server.fuzz;
