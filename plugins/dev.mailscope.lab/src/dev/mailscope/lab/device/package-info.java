/** User agents over real sockets, each with a copy of the mail of its own. Knows the server's contract, no view. */
package dev.mailscope.lab.device;
