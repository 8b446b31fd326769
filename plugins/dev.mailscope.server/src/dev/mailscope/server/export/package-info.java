/**
 * Takes a recording away in other formats. An {@link dev.mailscope.server.export.Export} is a
 * {@link dev.mailscope.server.export.Selection} written in a {@link dev.mailscope.server.export.Format}; what a format
 * makes of the events is an {@link dev.mailscope.server.export.Exporter}, one class each, which {@code Format} names
 * and nobody else knows. Formats in which what was said is to come true again are told by {@link
 * dev.mailscope.server.export.Telling}.
 */
package dev.mailscope.server.export;
