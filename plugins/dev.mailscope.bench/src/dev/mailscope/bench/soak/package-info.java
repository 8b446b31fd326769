/**
 * A soak: many clients with random work, legal and illegal, and cut connections, against a server in a JVM of its own;
 * what each was told is compared with a model of its own.
 */
package dev.mailscope.bench.soak;
