/** {@code ./mailscope bench load}: Mailscope beside other servers, the same client, the same work, in turn. */
package dev.mailscope.bench.load;
