/** Results of labs: written with the recording that proves them, and checked again from that recording alone. */
package dev.mailscope.lab.grade;
