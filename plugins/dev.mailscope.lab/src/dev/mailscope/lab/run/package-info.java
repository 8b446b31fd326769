/** A lab at work: its server, its devices, the steps, what is checked, answered and predicted, kept over a restart. */
package dev.mailscope.lab.run;
