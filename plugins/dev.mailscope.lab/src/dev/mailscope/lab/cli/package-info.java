/** The commands about labs that need no workbench. */
package dev.mailscope.lab.cli;
