/** Labs as text: what a teacher writes, read into steps, checks, questions and set-up, or refused with the line. */
package dev.mailscope.lab.pack;
