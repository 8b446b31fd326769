package dev.mailscope.server.classroom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.mailscope.server.Endpoint;
import dev.mailscope.server.file.Csv;
import dev.mailscope.server.file.PrivateFiles;

/**
 * What each student of a class needs to log in. Holds passwords: what is written can be read by its owner alone.
 *
 * @param hosts       the addresses by which the server is reached
 * @param endpoints   where it listens
 * @param fingerprint the certificate's SHA-256 fingerprint
 * @param students    the class
 */
public record HandOut(List<String> hosts, List<Endpoint> endpoints, String fingerprint, List<Student> students) {
    private static final String STYLE = "body{font:12pt sans-serif}section{border:1px solid #888;margin:0 0 1em;"
            + "padding:.5em 1em;break-inside:avoid}h2{margin:.2em 0}td{padding:.1em 1em .1em 0;vertical-align:top}"
            + "code{font:12pt monospace}.f{font-size:8pt;overflow-wrap:anywhere}";

    /** Keeps its own copies. */
    public HandOut {
        hosts = List.copyOf(hosts);
        endpoints = List.copyOf(endpoints);
        students = List.copyOf(students);
    }

    /**
     * Writes it as the file's name ends: {@code .csv}, {@code .html}, else as plain text. IOException, which names the
     * file, when it cannot be written; then what was there is as before.
     */
    public void write(Path file) throws IOException {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        var text = name.endsWith(".csv") ? csv() : name.endsWith(".html") || name.endsWith(".htm") ? html() : text();
        try {
            PrivateFiles.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IOException("the hand-out " + file + " cannot be written: " + e, e);
        }
    }

    /** As plain text, a paragraph for each student. */
    public String text() {
        return students.stream().map(student -> student.name() + "\n  user name   " + student.user()
                + "\n  password    " + student.password() + "\n  server      " + String.join(" or ", hosts)
                + "\n  ports       " + String.join("\n              ", ports())
                + "\n  certificate, SHA-256\n    " + fingerprint + "\n").collect(Collectors.joining("\n"));
    }

    /**
     * As a table for other programs (RFC 4180), with a line that names the columns. A name that a spreadsheet would take
     * for a formula has an apostrophe before it; a password is as it must be typed.
     */
    public String csv() {
        var lines = new StringBuilder("name,user,password,host,ports,fingerprint\r\n");
        for (var student : students) {
            lines.append(Csv.line(List.of(Csv.noFormula(student.name()), student.user(), student.password(),
                    String.join(" ", hosts), String.join("; ", ports()), fingerprint)));
        }
        return lines.toString();
    }

    /** As a page to print and to cut: a box for each student. */
    public String html() {
        var page = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Mail accounts</title>"
                + "<style>" + STYLE + "</style></head><body>\n");
        for (var student : students) {
            page.append("<section><h2>").append(escaped(student.name())).append("</h2><table>");
            row(page, "User name", "<code>" + escaped(student.user()) + "</code>");
            row(page, "Password", "<code>" + escaped(student.password()) + "</code>");
            row(page, "Server", escaped(String.join(" or ", hosts)));
            row(page, "Ports", ports().stream().map(HandOut::escaped).collect(Collectors.joining("<br>")));
            row(page, "Certificate, SHA-256", "<code class=\"f\">" + escaped(fingerprint) + "</code>");
            page.append("</table></section>\n");
        }
        return page.append("</body></html>\n").toString();
    }

    private List<String> ports() {
        return endpoints.stream().map(endpoint -> switch (endpoint.protocol()) {
            case "imap" -> "IMAP with STARTTLS " + port(endpoint);
            case "pop3" -> "POP3 with STLS " + port(endpoint);
            case "imaps" -> "IMAP with TLS from the start " + port(endpoint);
            case "pop3s" -> "POP3 with TLS from the start " + port(endpoint);
            default -> endpoint.protocol().toUpperCase(Locale.ROOT) + " " + port(endpoint);
        }).toList();
    }

    private static int port(Endpoint endpoint) {
        return endpoint.address().getPort();
    }

    private static void row(StringBuilder page, String name, String html) {
        page.append("<tr><td>").append(name).append("</td><td>").append(html).append("</td></tr>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "HandOut[" + students.size() + " students]";
    }
}
