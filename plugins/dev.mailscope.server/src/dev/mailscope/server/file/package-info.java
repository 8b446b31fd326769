/** How every file that Mailscope writes is made: readable by its owner only, as a whole or not at all. */
package dev.mailscope.server.file;
