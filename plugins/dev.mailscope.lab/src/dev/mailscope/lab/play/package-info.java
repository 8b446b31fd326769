/** A lab played without anybody there, by the commands of a sample solution. */
package dev.mailscope.lab.play;
