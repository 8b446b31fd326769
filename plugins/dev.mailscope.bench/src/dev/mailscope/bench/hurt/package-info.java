/** Hostile clients against a server with little memory: what it does meanwhile for a well-behaved one is measured. */
package dev.mailscope.bench.hurt;
