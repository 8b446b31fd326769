/**
 * What can be brought in from outside as a recording, whichever kind of file it is: a capture ({@link
 * dev.mailscope.server.capture}), a transcript ({@link dev.mailscope.server.transcript}), or a recording already.
 */
package dev.mailscope.server.imports;
